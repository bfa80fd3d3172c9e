"""Make the tables of the accounts."""

from alembic import op

from console.accounts.migrations.baseline import metadata
from migrating.completing import complete

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; accounts from before there were migrations keep theirs, and get what they lack."""
    complete(metadata)


def downgrade() -> None:
    """Undo it."""
    for table in reversed(metadata.sorted_tables):
        op.drop_table(table.name)
