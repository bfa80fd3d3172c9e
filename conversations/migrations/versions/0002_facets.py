"""Give digests their facets, and take away the indexes that these replace."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DIGESTS = "conversation_digests"
BESIDE = ("conversation_needs", "conversation_models", "conversation_tags", "conversation_bodies")
FROZEN = Path(__file__).parents[1] / "frozen"
FACETS = sa.Text().with_variant(ARRAY(sa.Text), "postgresql")
BY = ("begun_at", "channel", "departement", "region", "reviewer_id")
WALK = {
    "sqlite": (f"CREATE INDEX ix_digests_walk ON {DIGESTS} (active_at, conversation_id, facets)",),
    "postgresql": (
        f"CREATE INDEX ix_digests_walk ON {DIGESTS} (active_at, conversation_id)",
        f"CREATE INDEX ix_digests_facets ON {DIGESTS} USING gin (facets) WITH (fastupdate = off)",
    ),
}
ORDER = ("active_at", "conversation_id")
# The indexes of before: their columns ahead of the order, and what they hold only.
REPLACED = {
    "activity": ((), None),
    **{name: ((name,), None) for name in ("channel", "departement", "region", "review_state")},
    **{name: ((name,), f"{name} IS NOT NULL") for name in ("request_status", "reviewer_id")},
    **{name: ((), name) for name in ("doubtful", "failed", "thumb_down")},
}


def upgrade() -> None:
    """Add them; a record that had them before it had forms keeps its own. A million conversations take some minutes."""
    kind, seen = op.get_bind().dialect.name, sa.inspect(op.get_bind())
    for name in (*REPLACED, "begun"):
        op.execute(f"DROP INDEX IF EXISTS ix_digests_{name}")
    if "facets" not in {each["name"] for each in seen.get_columns(DIGESTS)}:
        op.add_column(DIGESTS, sa.Column("facets", FACETS))
        frozen = (FROZEN / f"0002_{kind}.sql").read_text(encoding="utf-8")
        for statement in (*frozen.split(";;\n"), f"UPDATE {DIGESTS} SET channel = channel", *WALK[kind]):
            op.get_bind().exec_driver_sql(statement)
    known = {each["name"] for each in seen.get_indexes(DIGESTS)}
    for name in BY:
        if f"ix_digests_by_{name}" not in known:
            op.create_index(f"ix_digests_by_{name}", DIGESTS, [name])


def downgrade() -> None:
    """Undo it."""
    if op.get_bind().dialect.name == "postgresql":
        for table in BESIDE:
            op.execute(f"DROP TRIGGER {table}_facets ON {table}")
        op.execute(f"DROP TRIGGER digest_facets ON {DIGESTS}")
        op.execute("DROP FUNCTION digest_facets()")
        op.execute("DROP FUNCTION digest_touched()")
        op.execute("DROP INDEX ix_digests_facets")
    else:
        for name in (
            "digest_added",
            "digest_changed",
            *(f"{t}_{when}" for t in BESIDE for when in ("added", "deleted")),
        ):
            op.execute(f"DROP TRIGGER {name}")
    for name in ("walk", *(f"by_{each}" for each in BY)):
        op.execute(f"DROP INDEX ix_digests_{name}")
    op.drop_column(DIGESTS, "facets")
    op.create_index("ix_digests_begun", DIGESTS, ["begun_at"])
    for name, (first, where) in REPLACED.items():
        only = {f"{kind}_where": sa.text(where) for kind in ("sqlite", "postgresql")} if where else {}
        op.create_index(f"ix_digests_{name}", DIGESTS, [*first, *ORDER], **only)
