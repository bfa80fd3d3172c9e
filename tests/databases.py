"""Databases for the tests: a new file of SQLite, and PostgreSQL whose address is given, never guessed."""

import atexit
import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Engine, make_url

from conversations.bootstrap import open_record

ADDRESS = "BOUSSOLE_TEST_POSTGRESQL"


@contextmanager
def postgresql_schema(name: str) -> Iterator[str]:
    """Yield the address of an empty schema that is dropped afterwards.

    Without an address the test is left out and says so; where `CI` is set, it fails: there a server runs.
    """
    address = os.environ.get(ADDRESS)
    if not address:
        if os.environ.get("CI"):
            pytest.fail(f"{ADDRESS} is not set, though this is continuous integration")
        pytest.skip(f"no PostgreSQL on this machine ({ADDRESS} names one)")
    schema = f"{name}_{uuid.uuid4().hex[:8]}"
    server = create_engine(address, future=True)
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield str(make_url(address).update_query_dict({"options": f"-csearch_path={schema}"}))
    finally:
        with server.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        server.dispose()


def new_record(path: Path) -> Engine:
    """Return an open record without a row in a new file of SQLite.

    A ready one is copied, for making all tables takes a tenth of a second and most tests want one.
    """
    with path.open("xb") as file:  # opening one again is another thing
        file.write(_ready_file().read_bytes())
    return open_record(f"sqlite:///{path}")


@contextmanager
def empty_record(kind: str, folder: Path) -> Iterator[Engine]:
    """Yield an open record without a row, on `sqlite` (a file in `folder`) or `postgresql` (a schema)."""
    if kind == "sqlite":
        opened = new_record(folder / "record.db")
        yield opened
        opened.dispose()
        return
    url = _record_of_this_process()
    opened = open_record(url)
    try:
        yield opened
    finally:
        opened.dispose()
        _empty(url)


@contextmanager
def fresh_record(kind: str, folder: Path) -> Iterator[Engine]:
    """Do the same for who changes the tables themselves: on PostgreSQL they are nobody else's."""
    if kind == "sqlite":
        with empty_record(kind, folder) as opened:
            yield opened
        return
    with postgresql_schema("record") as url:
        opened = open_record(url)
        yield opened
        opened.dispose()


@lru_cache(maxsize=1)
def _ready_file() -> Path:
    lasting = ExitStack()
    atexit.register(lasting.close)
    path = Path(lasting.enter_context(TemporaryDirectory())) / "record.db"
    open_record(f"sqlite:///{path}").dispose()
    return path


@lru_cache(maxsize=1)
def _record_of_this_process() -> str:
    """Return the address of a schema that lasts as long as the process: making all tables takes half a second."""
    lasting = ExitStack()
    atexit.register(lasting.close)
    return lasting.enter_context(postgresql_schema("record"))


def _empty(url: str) -> None:
    """Take every row out of the schema, but for the numbers of its form; count from one again."""
    server = create_engine(url, future=True)
    with server.begin() as connection:
        # Nobody should hold anything any more; whoever does is to be found out, not waited for.
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        # References and triggers need not be minded where everything goes.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        found = inspect(connection)
        for table in found.get_table_names():
            if not table.endswith("_version"):
                connection.execute(text(f'DELETE FROM "{table}"'))
        for sequence in found.get_sequence_names():
            connection.execute(text(f'ALTER SEQUENCE "{sequence}" RESTART'))
    server.dispose()
