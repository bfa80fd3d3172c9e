"""Triggers that keep the facets of a digest in step with its columns and with what stands in tables beside it.

Whoever writes these, by whatever way, need not know of facets. A turn that changes none of them fires none.
"""

from collections.abc import Iterator

from conversations.facets import BANDS, EDGE

# Columns of a digest by the kind of facet: those that have a value, and those that are true or not.
VALUES = {
    "channel": "channel",
    "departement": "departement",
    "region": "region",
    "request": "request_status",
    "review": "review_state",
    "reviewer": "reviewer_id",
}
FLAGS = ("doubtful", "failed", "thumb_down")
# Tables of what a conversation may have several of, by the kind of facet, and the column of the value.
BESIDE = {
    "need": ("conversation_needs", "need"),
    "model": ("conversation_models", "model_id"),
    "tag": ("conversation_tags", "tag"),
    "body": ("conversation_bodies", "body_id"),
}
REQUESTED = "requested"
DIGESTS = "conversation_digests"
TABLES = (DIGESTS, *(table for table, _ in BESIDE.values()))
# Makes the facets anew: a column that the triggers watch is written.
FILL = f"UPDATE {DIGESTS} SET channel = channel"
_WATCHED = ", ".join((*VALUES.values(), *FLAGS, "lowest_confidence"))


# The order of lists, and what they filter on. `fastupdate` would keep a list of what is still to be entered, and every
# look-up would have to read it.
INDEXES = {
    "postgresql": (
        f"CREATE INDEX ix_digests_walk ON {DIGESTS} (active_at, conversation_id)",
        f"CREATE INDEX ix_digests_facets ON {DIGESTS} USING gin (facets) WITH (fastupdate = off)",
    ),
    "sqlite": (f"CREATE INDEX ix_digests_walk ON {DIGESTS} (active_at, conversation_id, facets)",),
}


def statements(dialect: str, table: str) -> list[str]:
    """Return the statements that make the triggers on one of `TABLES`, which has none yet."""
    if dialect == "postgresql":
        return list(_digests_postgresql() if table == DIGESTS else _beside_postgresql(table))
    return list(_digests_sqlite() if table == DIGESTS else _beside_sqlite(table))


def _plain(row: str) -> list[str]:
    """Return SQL for each facet that a digest may have by its own columns, null where it has not."""
    found = [f"'{kind}:' || {row}.{column}" for kind, column in VALUES.items()]
    found += [f"CASE WHEN {row}.{flag} THEN '{flag}' END" for flag in FLAGS]
    found.append(f"CASE WHEN {row}.request_status IS NOT NULL THEN '{REQUESTED}' END")
    sure = f"{row}.lowest_confidence"
    found += [
        f"CASE WHEN {sure} >= {least} AND {sure} < {less} THEN 'band:{band}' END"
        for band, (least, less) in BANDS.items()
    ]
    return found


def _digests_postgresql() -> Iterator[str]:
    beside = "".join(
        f" || ARRAY(SELECT '{kind}:' || {column} FROM {table} WHERE conversation_id = NEW.conversation_id)"
        for kind, (table, column) in BESIDE.items()
    )
    yield _function(
        "digest_facets",
        f"NEW.facets := array_remove(ARRAY[{', '.join(_plain('NEW'))}], NULL){beside}; RETURN NEW",
    )
    yield (
        f"CREATE TRIGGER digest_facets BEFORE INSERT OR UPDATE OF {_WATCHED} ON {DIGESTS} "
        "FOR EACH ROW EXECUTE FUNCTION digest_facets()"
    )


def _beside_postgresql(table: str) -> Iterator[str]:
    owner = "conversation_id = COALESCE(NEW.conversation_id, OLD.conversation_id)"
    yield _function("digest_touched", f"{FILL} WHERE {owner}; RETURN NULL")
    yield (
        f"CREATE TRIGGER {table}_facets AFTER INSERT OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION digest_touched()"
    )


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body}; END $body$"


def _digests_sqlite() -> Iterator[str]:
    edge = f"char({ord(EDGE)})"
    plain = " || ".join(f"COALESCE({each} || {edge}, '')" for each in _plain("new"))
    beside = "".join(
        f" || COALESCE((SELECT group_concat('{kind}:' || {column}, {edge}) FROM {table} "
        f"WHERE conversation_id = new.conversation_id) || {edge}, '')"
        for kind, (table, column) in BESIDE.items()
    )
    change = (
        f"UPDATE {DIGESTS} SET facets = {edge} || {plain}{beside} WHERE conversation_id = new.conversation_id"
    )
    yield f"CREATE TRIGGER digest_added AFTER INSERT ON {DIGESTS} BEGIN {change}; END"
    yield f"CREATE TRIGGER digest_changed AFTER UPDATE OF {_WATCHED} ON {DIGESTS} BEGIN {change}; END"


def _beside_sqlite(table: str) -> Iterator[str]:
    for name, moment, row in (("added", "INSERT", "new"), ("deleted", "DELETE", "old")):
        change = f"{FILL} WHERE conversation_id = {row}.conversation_id"
        yield f"CREATE TRIGGER {table}_{name} AFTER {moment} ON {table} BEGIN {change}; END"
