"""Keep which records are withdrawn, and whether a change edits, withdraws or brings back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SLUG = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table; the changes that are there are all edits."""
    op.create_table(
        "knowledge_withdrawal",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("slug", SLUG, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug"),
    )
    with op.batch_alter_table("knowledge_change") as table:
        table.add_column(sa.Column("act", sa.String(length=10), nullable=False, server_default="edit"))


def downgrade() -> None:
    """Undo it; what was withdrawn is served again from the next load that brings it."""
    with op.batch_alter_table("knowledge_change") as table:
        table.drop_column("act")
    op.drop_table("knowledge_withdrawal")
