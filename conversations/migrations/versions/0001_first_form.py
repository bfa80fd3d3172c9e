"""Make the tables of the record."""

from alembic import op

from conversations.migrations.baseline import (  # noqa: F401  declare their tables on the same metadata
    conversations,
    exchanges,
    keeping,
    requests,
    review,
)
from conversations.migrations.baseline.ground import metadata
from conversations.migrations.baseline.search import GONE
from migrating.completing import complete

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; a record from before there were migrations keeps its own, and gets what they lack."""
    complete(metadata)


def downgrade() -> None:
    """Undo it."""
    for table in reversed(metadata.sorted_tables):
        op.drop_table(table.name)
    op.execute(GONE[op.get_bind().dialect.name])
