"""The console over a record with a conversation, a request in it, and reads of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.privacy.bootstrap import open_privacy
from console.services import Services
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.outbox import Outbox
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from settings import Settings
from tests.conversations.conftest import TickingClock
from tests.conversations.test_requests import NEW
from tests.databases import new_record

PEOPLE = {"account-administrator": "Dominique Administrator", "anne": "Anne Essai"}


@pytest.fixture
def clock():
    return TickingClock()


@pytest.fixture
def record(tmp_path):
    engine = new_record(tmp_path / "conversations.db")
    yield engine
    engine.dispose()


@pytest.fixture
def log(record, clock):
    return ConversationLog(record, clock)


@pytest.fixture
def made(record, log, clock):
    """A request in a conversation."""
    _, conversation = log.start()
    log.answer(log.receive(conversation, "m1", "un site à Quimper"), [{"text": "Voici."}], {})
    transactions = Transactions(record)
    desk = RequestDesk(transactions, clock, Outbox(transactions, clock), load_letters(), posts=False)
    return desk.open(replace(NEW, conversation_id=conversation.id))


@pytest.fixture
def privacy(record, clock, tmp_path):
    return open_privacy(record, Settings(var=tmp_path), lambda: PEOPLE, clock)


@pytest.fixture
def services(sessions, privacy):
    return Services(sessions=sessions, privacy=privacy)


@pytest.fixture
def purged(privacy, clock):
    """Two rounds of deletion, the second one stopped."""
    privacy.purge.round(lambda _: None)
    clock.now += timedelta(days=1)
