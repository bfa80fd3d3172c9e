"""Brings the tables of an open database to the form that the code reads, in one process at a time."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, column, select, table
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from conversations import store
from conversations.tables import metadata
from migrating.chain import HEAD, Chain
from migrating.errors import BrokenReferences, DatabaseNewer

logger = logging.getLogger(__name__)

# Seconds to wait for another process that changes the tables of a SQLite file, and between two tries.
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.05

# PostgreSQL may hold the tables of the accounts, of the knowledge base and of rasa beside; SQLite makes some of its own
# for the search. Some indexes are made by statements, and no model knows them.
_OTHERS = ("console_", "knowledge_", "passage_index", "events", "record_version")
_BY_STATEMENT = ("ix_passages_words", "ix_digests_walk", "ix_digests_facets")


def ours(_item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Say whether what was found in a database is the record's, and known to its models."""
    if kind == "index":
        return name not in _BY_STATEMENT
    return kind != "table" or not (name or "").startswith(_OTHERS)


RECORD = Chain("record", Path(__file__).parent / "migrations", "record_version", metadata, ours)


def bring_up_to_date(engine: Engine, chain: Chain = RECORD) -> None:
    """Bring the tables of `chain` to the form that the code reads: one question where they are there.

    Several processes may do so at once. Raises DatabaseNewer where the form is of a later program, and SQLAlchemyError
    when the database refuses.
    """
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if form_of(engine, chain) != chain.head:
                move(engine, chain)
            return
        except OperationalError as error:
            # SQLite waits for a lock, but not for whoever turns a new file to write-ahead mode.
            if "locked" not in str(error.orig) or time.monotonic() > patience:
                raise
            time.sleep(PAUSE_SECONDS)


def form_of(engine: Engine, chain: Chain = RECORD) -> str | None:
    """Return the number of the form that stands, None where none was noted; raises DatabaseNewer."""
    try:
        with engine.connect() as connection:
            return _noted(connection, chain)
    except (OperationalError, ProgrammingError) as error:
        if not _says_no_table(error):
            raise
        return None


def move(engine: Engine, chain: Chain = RECORD, form: str = HEAD) -> None:
    """Bring the tables to `form`, forward or back, all or nothing.

    Raises DatabaseNewer, UnknownForm, BrokenReferences and SQLAlchemyError; then nothing has changed.
    """
    with _alone(engine) as connection:
        if chain.absent(connection) and form == HEAD:
            _make(connection, chain)
            return
        known = connection.dialect.has_table(connection, chain.version_table)
        found = _noted(connection, chain) if known else None
        chain.go(connection, found, form)
        logger.info("the tables of the %s: from form %s to %s", chain.name, found, form)


def _noted(connection: Connection, chain: Chain) -> str | None:
    noted = table(chain.version_table, column("version_num"))
    found = connection.scalar(select(noted.c.version_num))
    if found is not None and found not in chain.forms:
        raise DatabaseNewer(chain.name, found, chain.head)
    return found


def _says_no_table(error: OperationalError | ProgrammingError) -> bool:
    return getattr(error.orig, "pgcode", None) == "42P01" or "no such table" in str(error.orig)


def _make(connection: Connection, chain: Chain) -> None:
    """Make all tables of an empty database as they are now, which is faster than step by step and gives the same."""
    chain.metadata.create_all(connection)
    # As Alembic makes it, which need not be loaded for this.
    noted = Table(chain.version_table, MetaData(), Column("version_num", String(32), primary_key=True))
    noted.create(connection)
    connection.execute(noted.insert().values(version_num=chain.head))


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Give a connection within one transaction, while no other process changes tables.

    SQLite changes most things of a table by writing it anew, for which references must not be minded; they are looked
    through at the end.
    """
    with store.writing(engine).connect() as connection:
        _mind_references(connection, "OFF")
        try:
            with connection.begin():
                store.one_at_a_time(connection)
                yield connection
                _check_references(connection)
        finally:
            _mind_references(connection, "ON")


def _mind_references(connection: Connection, whether: str) -> None:
    # SQLite passes over this within a transaction, and SQLAlchemy opens one: go under it.
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute(f"PRAGMA foreign_keys={whether}")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").scalars().all()
        if broken:
            raise BrokenReferences(sorted(set(broken)))
