"""Keep what each source gave."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SLUG = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")
TABLES = ["source_record", "import_set_aside", "source_key", "merge_trace", "import_run"]


def upgrade() -> None:
    """Make the tables of imports; what is served already is given again by the next load."""
    op.create_table(
        "knowledge_import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("file_date", sa.String(length=10), nullable=True),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.DateTime(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_knowledge_import_run_source", "knowledge_import_run", ["source"])

    op.create_table(
        "knowledge_merge_trace",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("slug", SLUG, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("lost", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", "field"),
    )
    op.create_table(
        "knowledge_source_key",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "source", "source_id"),
    )
    op.create_index("knowledge_source_key_record", "knowledge_source_key", ["source", "kind", "source_id"])

    op.create_table(
        "knowledge_import_set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("excerpt", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["knowledge_import_run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_knowledge_import_set_aside_run", "knowledge_import_set_aside", ["run"])

    op.create_table(
        "knowledge_source_record",
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("slug", SLUG, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("territory", sa.String(length=64), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["knowledge_import_run.id"],
        ),
        sa.PrimaryKeyConstraint("source", "kind", "source_id"),
    )
    op.create_index("ix_knowledge_source_record_run", "knowledge_source_record", ["run"])
    op.create_index(
        "knowledge_source_record_alike", "knowledge_source_record", ["kind", "family", "territory"]
    )
    op.create_index("knowledge_source_record_slug", "knowledge_source_record", ["kind", "slug"])


def downgrade() -> None:
    """Undo it."""
    for name in TABLES:
        op.drop_table(f"knowledge_{name}")
