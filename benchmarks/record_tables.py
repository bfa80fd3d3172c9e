"""Takes keys and indexes off tables on PostgreSQL while they are filled, and puts them back as they were.

A key that is checked row by row makes a filling as slow as the services are; built once over all rows, it is checked
all the same.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.engine import Connection

from conversations.facet_triggers import DIGESTS, TABLES

# What is looked at again and again while keys are built.
MEMORY = (
    "SET maintenance_work_mem = '2GB'",
    "SET work_mem = '512MB'",
    "SET max_parallel_maintenance_workers = 2",
)
_KEYS = """
SELECT conrelid::regclass::text AS held_by, conname AS name, contype AS kind, pg_get_constraintdef(oid) AS definition
FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND connamespace = current_schema()::regnamespace
AND (conrelid::regclass::text IN :names OR confrelid::regclass::text IN :names)
AND NOT (contype = 'p' AND conrelid::regclass::text IN :beside)
ORDER BY array_position(ARRAY['p', 'u', 'f'], contype::text)
"""
_INDEXES = """
SELECT indexname AS name, indexdef AS definition FROM pg_indexes
WHERE tablename IN :names AND schemaname = current_schema()
AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace)
"""


@contextmanager
def bare(connection: Connection, tables: Collection[str]) -> Iterator[None]:
    """Empty `tables`, and those that point to them, without keys, indexes and triggers until all rows are in.

    The trigger that makes facets stays, and the keys of what it reads: facets are made as they always are.

    All within the connection's transaction: what is loaded need not go through the log where `wal_level` is minimal.
    """
    names = {"names": tuple(tables), "beside": tuple(each for each in TABLES if each != DIGESTS)}
    for statement in (
        *MEMORY,
        f"TRUNCATE {', '.join(tables)} CASCADE",
        "SET session_replication_role = replica",
        f"ALTER TABLE {DIGESTS} ENABLE ALWAYS TRIGGER digest_facets",
    ):
        connection.execute(text(statement))
    keys = connection.execute(text(_KEYS), names).all()
    for key in reversed(keys):
        connection.execute(text(f'ALTER TABLE {key.held_by} DROP CONSTRAINT "{key.name}"'))
    indexes = connection.execute(text(_INDEXES), names).all()
    for index in indexes:
        connection.execute(text(f'DROP INDEX "{index.name}"'))
    yield
    for key in (key for key in keys if key.kind != "f"):
        _add(connection, key)
    for index in indexes:
        connection.execute(text(index.definition))
    for key in (key for key in keys if key.kind == "f"):
        _add(connection, key)
    connection.execute(text(f"ALTER TABLE {DIGESTS} ENABLE TRIGGER digest_facets"))
    connection.execute(text("SET session_replication_role = DEFAULT"))


def _add(connection: Connection, key: object) -> None:
    connection.execute(text(f'ALTER TABLE {key.held_by} ADD CONSTRAINT "{key.name}" {key.definition}'))
