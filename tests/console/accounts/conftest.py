"""Real accounts over a database of their own, with passwords that cost little and a clock that tests move."""

from datetime import datetime, timedelta, timezone

import pytest
from argon2 import PasswordHasher

from console.accounts.bootstrap import open_accounts
from console.accounts.links import INVITATION
from console.accounts.passwords import Passwords
from console.services import Services
from console.viewers import Role, Scope
from conversations.bootstrap import open_record
from tests.databases import postgresql_schema

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=timezone.utc)
PASSWORD = "quatre mots sans rapport"
NOWHERE = Scope()


class Clock:
    """A moment that passes only when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request, tmp_path):
    """An open record on each of the two databases."""
    if request.param == "sqlite":
        engine = open_record(f"sqlite:///{tmp_path / 'accounts.db'}")
        yield engine
        engine.dispose()
        return
    with postgresql_schema("accounts") as url:
        engine = open_record(url)
        yield engine
        engine.dispose()


@pytest.fixture
def record(tmp_path):
    engine = open_record(f"sqlite:///{tmp_path / 'accounts.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def quick():
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def desk(record, clock, quick):
    return open_accounts(record, clock, passwords=quick)


@pytest.fixture
def services(desk):
    """The console over real accounts; `visitor` of tests/console/conftest.py uses it."""
    return Services(sessions=desk.sessions, accounts=desk)


@pytest.fixture
def joined(desk):
    """Make an account that has a password."""

    def joined(email="anne@example.org", role=Role.ADVISOR, name="Anne Le Goff", scope=NOWHERE):
        account = desk.register.create(email, name, role, scope)
        return desk.links.choose_password(desk.links.make(account.id, INVITATION), PASSWORD)

    return joined
