"""Keep what each conversation says of what followed, for counting."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "conversation_signs"


def upgrade() -> None:
    """Make the table, which the digests fill; a record that had it before it had forms keeps its own."""
    if TABLE in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table(
        TABLE,
        sa.Column("conversation_id", sa.String(32), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("code", sa.String(100), primary_key=True),
        sa.Column("title", sa.String(200)),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table(TABLE)
