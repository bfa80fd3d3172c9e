"""Make the tables of the knowledge base."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SLUG = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")
TABLES = ["scheme_posting", "advisor_posting", "scheme", "guidance", "document", "advisor"]
FIRST_FORM = ["advisor_need", "advisor", "scheme_need", "scheme_zone", "scheme", "document"]


def upgrade() -> None:
    """Make the tables; those of the first form, before there were migrations, held only what is loaded again."""
    present = sa.inspect(op.get_bind()).get_table_names()
    for name in FIRST_FORM:
        if f"knowledge_{name}" in present:
            op.drop_table(f"knowledge_{name}")
    op.create_table(
        "knowledge_advisor",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", SLUG, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("territory", sa.String(length=9), nullable=False),
        sa.Column("confidence", sa.String(length=16), nullable=False),
        sa.Column("seen", sa.String(length=10), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_knowledge_advisor_confidence", "knowledge_advisor", ["confidence"])
    op.create_index("ix_knowledge_advisor_kind", "knowledge_advisor", ["kind"])
    op.create_index("ix_knowledge_advisor_territory", "knowledge_advisor", ["territory"])

    op.create_table(
        "knowledge_document",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "knowledge_guidance",
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("id", SLUG, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("section", "id"),
    )
    op.create_table(
        "knowledge_scheme",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", SLUG, nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("closing_date", sa.String(length=10), nullable=True),
        sa.Column("confidence", sa.String(length=16), nullable=False),
        sa.Column("seen", sa.String(length=10), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_knowledge_scheme_confidence", "knowledge_scheme", ["confidence"])
    op.create_index("ix_knowledge_scheme_status", "knowledge_scheme", ["status"])

    op.create_table(
        "knowledge_advisor_posting",
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", SLUG, nullable=False),
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
        sa.PrimaryKeyConstraint("need", "zone", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_knowledge_advisor_posting_key", "knowledge_advisor_posting", ["key"])

    op.create_table(
        "knowledge_scheme_posting",
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", SLUG, nullable=False),
        sa.Column("excluded", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=True),
        sa.Column("aside", sa.SmallInteger(), nullable=False),
        sa.Column("one_subject", sa.SmallInteger(), nullable=False),
        sa.Column("staff_min", sa.Integer(), nullable=True),
        sa.Column("staff_max", sa.Integer(), nullable=True),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("ruled_out", sa.String(length=120), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("breadth", sa.SmallInteger(), nullable=False),
        sa.Column("trust", sa.SmallInteger(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("known_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["key"], ["knowledge_scheme.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("need", "zone", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_knowledge_scheme_posting_key", "knowledge_scheme_posting", ["key"])


def downgrade() -> None:
    """Undo it."""
    for name in TABLES:
        op.drop_table(f"knowledge_{name}")
