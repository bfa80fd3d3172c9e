"""The database under the record: how it is opened, written and wiped."""

import logging
import threading
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import QueuePool

logger = logging.getLogger(__name__)

# Seconds a writer waits for another one before SQLite gives up.
BUSY_SECONDS = 10

# KiB of pages that a connection keeps: SQLite's own default, for those who read much.
PAGE_CACHE = 2000

# Any number that nobody else on the server locks.
_LOCK = 0x7265636F  # « reco »

# WAL lets readers go on while one writes; FULL because an acknowledged message must survive a power cut;
# secure_delete because what an owner erased must not stay in free pages.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def open_engine(url: str, page_cache: int = PAGE_CACHE) -> Engine:
    """Return an engine for `url` (a SQLite file, whose folder is made, or PostgreSQL).

    Each connection keeps up to `page_cache` KiB of a SQLite file.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, future=True, pool_pre_ping=True, hide_parameters=True)
    Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,  # what owners write does not belong in a log
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", partial(_prepare_sqlite, page_cache))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: Engine, lasting: bool = True) -> Engine:
    """Return the same engine for transactions that write.

    SQLite must take its lock at once there: a transaction that reads first and writes later fails
    without waiting when another one wrote in between. What is not `lasting` outlives the process as well, and a power
    cut from the next lasting transaction on: both stand in one log, in their order.
    """
    return engine.execution_options(boussole_writes=True, boussole_lasting=lasting)


def turnstile(engine: Engine) -> AbstractContextManager[Any]:
    """Return what the writers of this process pass one by one.

    SQLite lets one writer in at a time and makes the others sleep and try again; a lock wakes them at once.
    PostgreSQL needs none.
    """
    return threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()


def one_at_a_time(connection: Connection) -> None:
    """Let no other transaction that asks for this go on until this one ends, in whatever process.

    For changes that depend on rows which another transaction may be adding. SQLite has one writer at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def wipe_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, where erased text could still be read; return whether it is empty.

    False means that a reader held it; a later call will succeed. PostgreSQL has nothing to do here.
    """
    if engine.dialect.name != "sqlite":
        return True
    # A checkpoint is refused inside a transaction, and SQLAlchemy opens one: go under it.
    connection = engine.raw_connection()
    try:
        (busy, _pages, _moved) = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if busy:
        logger.warning("the write-ahead log is in use; erased text will leave it at the next erasure")
    return not busy


def answers(engine: Engine) -> None:
    """Ask the database the simplest question; raises SQLAlchemyError when it does not answer."""
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _prepare_sqlite(page_cache: int, dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    for pragma in (*PRAGMAS, f"cache_size=-{page_cache}"):  # below zero: KiB, not pages
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get("boussole_writes", False)
    if writes:
        lasting = options.get("boussole_lasting", True)
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
