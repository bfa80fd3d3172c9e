import asyncio
from datetime import timedelta

import pytest

from conversations.log import ConversationLog
from conversations.privacy_bootstrap import open_purge
from portal.housekeeping import Housekeeping
from portal.rasa_client import DialogueUnavailable
from settings import Settings
from tests.conversations.conftest import TickingClock
from tests.conversations.test_strangers import trackers
from tests.databases import new_record
from tests.portal.fakes import FakeDialogue


@pytest.fixture
def clock():
    return TickingClock()


@pytest.fixture
def engine(tmp_path):
    engine = new_record(tmp_path / "record.db")
    yield engine
    engine.dispose()


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def dialogue():
    return FakeDialogue()


@pytest.fixture
def housekeeping(engine, clock, dialogue, tmp_path):
    settings = Settings(conversation_days=30, var=tmp_path)
    return Housekeeping(open_purge(engine, settings, clock), dialogue)


async def test_old_conversations_go_from_engine_and_record(housekeeping, log, clock, dialogue):
    _, old = log.start()
    clock.now += timedelta(days=31)
    _, young = log.start()
    assert await housekeeping.round() == 1
    assert dialogue.forgotten == [old.id]
    assert log.traces(old) == 0
    assert log.traces(young) > 0
    assert await housekeeping.round() == 0


async def test_conversations_that_only_the_engine_knows_go_too(housekeeping, clock, tmp_path):
    heard = trackers(f"sqlite:///{tmp_path / 'tracker.db'}")
    await heard("over-rest", clock.now)
    clock.now += timedelta(days=31)
    await heard("over-rest-later", clock.now)
    assert await housekeeping.round() == 1
    assert await housekeeping.round() == 0


async def test_what_the_engine_still_holds_stays_in_the_record(housekeeping, log, clock, dialogue):
    _, old = log.start()
    clock.now += timedelta(days=31)
    dialogue.broken = "unreachable"
    with pytest.raises(DialogueUnavailable):
        await housekeeping.round()
    assert not await housekeeping.finishes()
    assert log.traces(old) > 0
    dialogue.broken = None
    assert await housekeeping.finishes()
    assert log.traces(old) == 0


async def test_it_is_done_once_a_day(housekeeping, monkeypatch):
    pauses = []

    async def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr("portal.housekeeping.asyncio.sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await housekeeping.for_ever()
    assert pauses == [86_400.0, 86_400.0]
