"""Conversations over rasa's rest channel, in the table that rasa itself makes."""

from collections import defaultdict
from datetime import timedelta

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import text

from conversations.bootstrap import open_record, open_retention
from conversations.log import ConversationLog
from conversations.retention import Retention
from conversations.strangers import Strangers
from tests.conversations.test_retention import SETTINGS

ODD = "../a b/é%20?x"


def trackers(url):
    """Return what lets rasa's own store keep a message of a sender at a moment."""
    store, said = SQLTrackerStore(Domain.empty(), host=url), defaultdict(list)

    async def heard(sender, at, words="un site"):
        said[sender].append(UserUttered(words, timestamp=at.timestamp()))
        await store.save(DialogueStateTracker.from_events(sender, said[sender]))

    return heard


@pytest.fixture
def heard(engine):
    return trackers(engine.url.render_as_string(hide_password=False))


@pytest.fixture
def strangers(engine):
    return Strangers(engine)


def senders(engine):
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT sender_id FROM events")))


async def test_who_was_not_heard_for_long_is_dropped_whatever_the_name(engine, strangers, heard, clock):
    for sender in ("old", ODD, "back"):
        await heard(sender, clock.now)
    since = clock.now + timedelta(days=10)
    await heard("back", since)
    await heard("young", since)
    assert strangers.silent(since) == sorted([ODD, "old"])
    assert [strangers.drop(each, since) for each in ("old", ODD, "back", "unknown")] == [
        True,
        True,
        False,
        False,
    ]
    assert senders(engine) == {"back", "young"}


def test_an_engine_that_has_never_run_knows_nobody(strangers, clock):
    assert strangers.silent(clock.now) == []


async def test_what_the_record_knows_goes_in_its_own_way(engine, heard, clock):
    day = timedelta(days=1)
    retention = Retention(
        engine, clock, conversations=100 * day, requests=200 * day, strangers=Strangers(engine)
    )
    _, recorded = ConversationLog(engine, clock).start()
    await heard(recorded.id, clock.now)
    await heard("over-rest", clock.now)
    assert retention.drop_strangers() == 0
    clock.now += timedelta(days=101)
    assert retention.drop_strangers() == 1
    assert senders(engine) == {recorded.id}


async def test_what_was_said_leaves_the_files(tmp_path, clock):
    settings = SETTINGS.copy(update={"var": tmp_path})
    heard = trackers(settings.sql_url("tracker"))
    engine = open_record(settings.sql_url("conversations"))
    retention = open_retention(engine, settings, clock)
    await heard("over-rest", clock.now, "ferronnerie-introuvable")
    files = [file for file in tmp_path.iterdir() if file.name.startswith("tracker.db")]
    assert any(b"introuvable" in file.read_bytes() for file in files)
    clock.now += timedelta(days=101)
    assert retention.drop_strangers() == 1
    retention.wipe()
    assert not any(b"introuvable" in file.read_bytes() for file in files if file.exists())
    engine.dispose()
