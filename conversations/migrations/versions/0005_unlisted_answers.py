"""Mark answers that lists and searches do not know of yet."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEX = "ix_turns_unlisted"
# Without the number of their meaning, the digests are made anew when the record is opened.
ANEW = (
    "DELETE FROM digest_fillings WHERE EXISTS (SELECT 1 FROM turns WHERE unlisted IS NOT NULL)",
    "INSERT INTO digest_fillings (version, at) SELECT 0, CURRENT_TIMESTAMP "
    "WHERE EXISTS (SELECT 1 FROM turns WHERE unlisted IS NOT NULL)",
)


def upgrade() -> None:
    """Add the mark, which no answer of before has: all are listed."""
    op.add_column("turns", sa.Column("unlisted", sa.Boolean()))
    marked = sa.text("unlisted IS NOT NULL")
    op.create_index(INDEX, "turns", ["conversation_id"], postgresql_where=marked, sqlite_where=marked)


def downgrade() -> None:
    """Undo it; where answers still wait, the older program lists all of them again."""
    for statement in ANEW:
        op.execute(statement)
    op.drop_index(INDEX, "turns")
    with op.batch_alter_table("turns") as table:
        table.drop_column("unlisted")
