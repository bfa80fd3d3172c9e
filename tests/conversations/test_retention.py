from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.bootstrap import open_interests, open_opinions, open_retention
from conversations.digest_models import TagRow
from conversations.errors import UnknownConversation
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.opinions import Opinion
from conversations.outbox import Mail, Outbox
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from settings import Settings
from tests.conversations.test_interests import WISH
from tests.conversations.test_opinions import CONTACTS
from tests.conversations.test_requests import NEW

SETTINGS = Settings(conversation_days=100, request_days=200)


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def settings(tmp_path):
    return SETTINGS.copy(update={"var": tmp_path})


@pytest.fixture
def retention(engine, clock, settings):
    return open_retention(engine, settings, clock)


def spoken(log):
    _, conversation = log.start()
    turn = log.receive(conversation, "m1", "un site à Quimper")
    log.answer(turn, [{"text": "Voici."}], {})
    return conversation


def test_a_conversation_goes_some_days_after_its_last_message(log, retention, clock):
    old = spoken(log)
    clock.now += timedelta(days=60)
    young = spoken(log)
    assert retention.due() == []
    clock.now += timedelta(days=41)
    assert retention.due() == [old.id]
    assert retention.drop(old.id)
    assert log.traces(old) == 0
    with pytest.raises(UnknownConversation):
        log.transcript(old)
    assert len(log.transcript(young)) == 2


def test_who_speaks_in_time_keeps_the_conversation(log, retention, clock):
    conversation = spoken(log)
    clock.now += timedelta(days=101)
    assert retention.due() == [conversation.id]
    log.receive(conversation, "m2", "encore là")
    assert not retention.drop(conversation.id)
    assert not retention.drop("unknown")
    assert len(log.transcript(conversation)) == 3


def test_a_request_and_an_interest_have_their_own_time(engine, log, retention, clock):
    transactions = Transactions(engine)
    desk = RequestDesk(transactions, clock, Outbox(transactions, clock), load_letters(), posts=True)
    interests = open_interests(engine, clock)
    conversation = spoken(log)
    made = desk.open(replace(NEW, conversation_id=conversation.id))
    interests.register(conversation.id, WISH)
    clock.now += timedelta(days=150)
    desk.mark(made.reference, "taken")
    assert retention.drop(conversation.id)
    assert retention.drop_agreed() == 0
    clock.now += timedelta(days=60)
    assert retention.drop_agreed() == 1, "the interest; the request has changed since"
    assert interests.of(conversation.id) is None
    assert desk.by_reference(made.reference, NEW.email).status == "taken"
    clock.now += timedelta(days=141)
    assert retention.drop_agreed() == 1
    retention.wipe()
    assert log.traces(conversation) == 0, "the mail about the request went with it"


def test_opinions_and_tags_go_with_their_conversation(engine, log, retention, clock):
    _, conversation = log.start()
    turn = log.receive(conversation, "m1", "un site à Quimper")
    log.answer(turn, [CONTACTS], {"needs": ["website"], "model_id": "modele-1"})
    open_opinions(engine, clock).give(conversation.id, 2, Opinion("down"))
    with Transactions(engine).write() as session:
        session.add(TagRow(conversation_id=conversation.id, tag="à relire"))
    clock.now += timedelta(days=101)
    assert retention.drop(conversation.id)
    assert log.traces(conversation) == 0


def test_mail_about_no_request_goes_with_old_conversations(engine, log, retention, clock):
    transactions = Transactions(engine)
    conversation = spoken(log)
    with transactions.write() as session:
        mail = Mail("anne@atelier.example", "Vos réponses", "Voilà.")
        Outbox(transactions, clock).put(session, mail, "answers", conversation.id)
    clock.now += timedelta(days=99)
    retention.drop_mail()
    assert log.traces(conversation) == 7, (
        "conversation, digest, token, turn, what is found of it, answer, mail"
    )
    clock.now += timedelta(days=2)
    retention.drop_mail()
    assert log.traces(conversation) == 6
