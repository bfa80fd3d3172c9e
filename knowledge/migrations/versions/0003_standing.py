"""Give each posting of a body its standing in its zone, and that of a scheme its model."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SLUG = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")
TABLE, SCHEMES = "knowledge_advisor_posting", "knowledge_scheme_posting"


def upgrade() -> None:
    """Give the tables their new columns; postings are worked out from the records by the next load."""
    op.execute(f"DELETE FROM {SCHEMES}")
    with op.batch_alter_table(SCHEMES, table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("variant_of", SLUG, nullable=True))
        table.add_column(sa.Column("undecided", sa.SmallInteger(), nullable=False))
    op.drop_table(TABLE)
    _create(sa.Column("standing", sa.BigInteger(), autoincrement=False, nullable=False), ("standing", "id"))


def downgrade() -> None:
    """Make the tables as they were; postings are worked out from the records by the next load."""
    with op.batch_alter_table(SCHEMES, table_kwargs={"sqlite_with_rowid": False}) as table:
        table.drop_column("undecided")
        table.drop_column("variant_of")
    op.drop_table(TABLE)
    _create(None, ("key",))


def _create(standing: sa.Column | None, order: tuple[str, ...]) -> None:
    op.create_table(
        TABLE,
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=20), nullable=False),
        *([] if standing is None else [standing]),
        sa.Column("id", SLUG, nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Text(), nullable=True),
        sa.Column("last", sa.SmallInteger(), nullable=False),
        sa.Column("later", sa.SmallInteger(), nullable=False),
        sa.Column("coverage", sa.SmallInteger(), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=True),
        sa.Column("head", sa.SmallInteger(), nullable=False),
        sa.Column("trade", sa.String(length=10), nullable=True),
        sa.Column("audience", sa.String(length=120), nullable=True),
        sa.Column("staff_min", sa.Integer(), nullable=True),
        sa.Column("staff_max", sa.Integer(), nullable=True),
        sa.Column("countries", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=True),
        sa.Column("seat_commune", sa.String(length=20), nullable=True),
        sa.Column("seat_epci", sa.String(length=20), nullable=True),
        sa.Column("seat_departement", sa.String(length=20), nullable=True),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("trust", sa.SmallInteger(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["knowledge_advisor.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("need", "zone", *order),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_key", TABLE, ["key"])
    # The next load finds no digest, takes the content in again, and posts what is served.
    op.execute("DELETE FROM knowledge_document WHERE name IN ('load', 'posted')")
