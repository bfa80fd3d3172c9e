from datetime import datetime, timedelta, timezone

import pytest

from conversations.bootstrap import open_advising, open_log, open_requests
from conversations.outbox import Outbox
from conversations.transactions import Transactions
from tests.conversations.post import PAGE, Post
from tests.databases import empty_record


class TickingClock:
    """A clock that moves one second each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 3, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """An empty record, on each database in turn."""
    with empty_record(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def clock():
    return TickingClock()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "conversations.db"


@pytest.fixture
def log(database):
    log = open_log(f"sqlite:///{database}", TickingClock())
    yield log
    log.close()


@pytest.fixture
def advising(engine, clock):
    return open_advising(engine, Post(), clock, page=PAGE)


@pytest.fixture
def desk(engine, clock):
    return open_requests(engine, Post(), clock)


@pytest.fixture
def outbox(engine, clock):
    return Outbox(Transactions(engine), clock)
