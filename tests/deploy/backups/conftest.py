"""Installations to back up, on both databases."""

import os
import uuid
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from settings import Settings
from tests.conversations.conftest import TickingClock
from tests.databases import ADDRESS
from tests.deploy.test_preflight import free_port

DAY = timedelta(days=1)


@contextmanager
def database():
    """Yield the address of a PostgreSQL database of its own: a restore takes all that it holds."""
    address = os.environ.get(ADDRESS)
    if not address:
        if os.environ.get("CI"):
            pytest.fail(f"{ADDRESS} is not set, though this is continuous integration")
        pytest.skip(f"no PostgreSQL on this machine ({ADDRESS} names one)")
    name = f"backup_{uuid.uuid4().hex[:8]}"
    server = create_engine(address, future=True, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(address).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    key = tmp_path / "key"
    key.write_bytes(os.urandom(32))
    given = {"var": tmp_path / "var", "backup_key_file": key, "portal_port": free_port()}
    if request.param == "sqlite":
        yield Settings(**given)
        return
    with database() as url:
        yield Settings(**given, database_url=url)


@pytest.fixture
def sqlite_settings(tmp_path):
    key = tmp_path / "key"
    key.write_bytes(os.urandom(32))
    return Settings(var=tmp_path / "var", backup_key_file=key, portal_port=free_port())


@pytest.fixture
def clock():
    clock = TickingClock()
    clock.now = datetime.now(timezone.utc) - DAY
    return clock
