"""Keep what a reading of a list showed, beside its line in the log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = "reading_log_lists"


def upgrade() -> None:
    """Make the table; a record that had it before it had forms keeps its own."""
    if TABLE in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table(
        TABLE,
        sa.Column("read_id", sa.Integer(), sa.ForeignKey("reading_log.id"), primary_key=True),
        sa.Column("asked", sa.String(500), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table(TABLE)
