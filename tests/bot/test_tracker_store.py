"""What a turn asks of the tracker store without rebuilding the conversation."""

import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import ErasableTrackerStore, watch_saves


@pytest.fixture
def store(tmp_path):
    return ErasableTrackerStore(domain=Domain.empty(), dialect="sqlite", db=str(tmp_path / "trackers.db"))


def conversation(sender, *message_ids):
    events = []
    for number in message_ids:
        message = UserUttered("un site", message_id=number)
        events += [message, BotUttered("Voici.")]
    return DialogueStateTracker.from_events(sender, events)


async def test_the_latest_message_of_a_conversation_is_known_by_its_id(store):
    assert store.latest_message_id("anne") is None
    await store.save(conversation("anne", "m1", "m2"))
    await store.save(conversation("brieuc", "m3", None))
    assert store.latest_message_id("anne") == "m2"
    assert store.latest_message_id("brieuc") is None


async def test_a_database_that_is_away_is_no_error(store, caplog):
    store.SQLEvent.__table__.drop(store.engine)
    assert store.latest_message_id("anne") is None
    assert "could not be read" in caplog.text


async def test_what_a_turn_writes_is_noted_for_it_alone(store):
    async def turn(sender):
        with watch_saves() as saved:
            await store.save(conversation(sender, "m1"))
            await asyncio.sleep(0)
            await store.save(latest := conversation(sender, "m1", "m2"))
            await asyncio.sleep(0)
            return saved.tracker is latest

    assert await asyncio.gather(turn("anne"), turn("brieuc")) == [True, True]
    with watch_saves() as saved:
        assert saved.tracker is None
