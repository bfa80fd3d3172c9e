"""Real accounts over a database of their own, with passwords that cost little and a clock that tests move."""

from datetime import datetime, timedelta, timezone
from functools import partial

import pytest
from argon2 import PasswordHasher

from console.accounts.bootstrap import Choices, open_accounts
from console.accounts.ground import Ground
from console.accounts.links import INVITATION
from console.accounts.passwords import Passwords
from console.services import Services
from console.viewers import Role, Scope
from tests.databases import empty_record, new_record

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=timezone.utc)
PASSWORD = "quatre mots sans rapport"
NOWHERE = Scope()
CHOICES = Choices(secret="secret of the tests", address="https://console.test", mails=True)


class FewBodies:
    """Two bodies that there are."""

    known = {"cci-29": "CCI du Finistère", "cma-29": "CMA du Finistère"}

    def named(self, ids):
        return {each: self.known[each] for each in ids if each in self.known}

    def offered(self):
        return self.known


GROUND = Ground(FewBodies(), {"29": "Finistère", "56": "Morbihan"}, {"53": "Bretagne"})


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
    with empty_record(request.param, tmp_path) as engine:
        yield engine


@pytest.fixture
def record(tmp_path):
    engine = new_record(tmp_path / "accounts.db")
    yield engine
    engine.dispose()


@pytest.fixture
def quick():
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def desk(record, clock, quick):
    return open_accounts(record, clock, CHOICES, quick, GROUND)


@pytest.fixture
def services(desk):
    """The console over real accounts; `visitor` of tests/console/conftest.py uses it."""
    return Services(sessions=desk.sessions, accounts=desk)


@pytest.fixture
def joined_in():
    """Make an account in a desk that has a password."""

    def joined_in(desk, email="anne@example.org", role=Role.ADVISOR, name="Anne Le Goff", scope=NOWHERE):
        account = desk.register.create(email, name, role, scope)
        return desk.links.choose_password(desk.links.make(account.id, INVITATION), PASSWORD)

    return joined_in


@pytest.fixture
def joined(desk, joined_in):
    """Make an account that has a password."""
    return partial(joined_in, desk)
