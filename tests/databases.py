"""PostgreSQL for the tests that need it: the address is given, never guessed."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
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


@contextmanager
def empty_record(kind: str, folder: Path) -> Iterator[Engine]:
    """Yield an open record without a row, on `sqlite` (a file in `folder`) or `postgresql` (a schema of its own)."""
    if kind == "sqlite":
        opened = open_record(f"sqlite:///{folder / 'record.db'}")
        yield opened
        opened.dispose()
        return
    with postgresql_schema("record") as url:
        opened = open_record(url)
        yield opened
        opened.dispose()
