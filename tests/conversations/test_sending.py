"""The answers of a conversation by e-mail, over a real SMTP server on loopback."""

import pytest
from sqlalchemy import select

from conversations.answers import answers_of
from conversations.bootstrap import open_answer_post
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.mailer import SmtpMailer
from conversations.outbox import Outbox
from conversations.postman import Postman
from conversations.request_models import OutboxRow
from conversations.transactions import Transactions
from tests.conversations.test_mail import postbox, server  # noqa: F401  fixtures
from tests.databases import new_record

ANNE = "anne@atelier.example"
CONTACT = {"id": "cci-essai", "name": "CCI d’essai"}
SCHEME = {"id": "cheque-essai", "eligible": "unknown", "estimate": None}


def contacts(text="Voici la CCI d’essai.", **changes):
    return {"text": text, "custom": {"type": "contacts", "need": "website", "items": [CONTACT], **changes}}


def funding(text, **changes):
    return {"text": text, "custom": {"type": "funding", "need": "grants", "items": [SCHEME | changes]}}


def request(status):
    return {
        "text": f"Demande : {status}.",
        "custom": {"type": "request", "id": "BP-7K3M-42", "status": status},
    }


@pytest.fixture
def engine(tmp_path):
    engine = new_record(tmp_path / "record.db")
    yield engine
    engine.dispose()


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


def held(log, *replies):
    """A conversation with one turn for each list of messages."""
    _, conversation = log.start()
    for number, messages in enumerate(replies):
        turn = log.receive(conversation, f"m{number}", f"question {number}")
        log.answer(turn, messages, {})
    return conversation


def texts(log, conversation):
    return [answer.text for answer in answers_of(log.transcript(conversation))]


def test_small_talk_and_what_was_said_before_are_left_out(log):
    talk = {"text": "Bonjour."}
    conversation = held(log, [talk], [contacts(), funding("Un chèque.")], [contacts("Encore la CCI."), talk])
    assert texts(log, conversation) == ["Voici la CCI d’essai.", "Un chèque."]


def test_what_is_told_anew_is_kept(log):
    worked_out = funding("Un chèque de 500 €.", estimate={"min": 500, "max": 500, "formula": "50 %"})
    other_need = contacts("Pour la paie aussi.", need="payroll")
    conversation = held(log, [funding("Un chèque.")], [worked_out], [contacts()], [other_need])
    assert len(texts(log, conversation)) == 4
    conversation = held(log, [request("new")], [request("new")], [request("taken")])
    assert texts(log, conversation) == ["Demande : new.", "Demande : taken."]


def test_nothing_is_found_for_a_conversation_that_the_record_lacks(engine):
    assert open_answer_post(engine).answers("rest-sender") == []


def test_the_mail_arrives_and_neither_words_nor_address_stay(engine, log, clock, server, postbox):  # noqa: F811
    conversation = held(log, [contacts(), funding("Un chèque.")])
    open_answer_post(engine, clock).send(conversation.id, ANNE)
    transactions = Transactions(engine)
    outbox = Outbox(transactions, clock)
    assert Postman(outbox, SmtpMailer(server)).round() == 1
    (envelope,) = postbox.received
    assert envelope.rcpt_tos == [ANNE]
    with transactions.read() as session:
        row = session.scalar(select(OutboxRow))
        assert (row.state, row.recipient, row.subject, row.body) == ("sent", "", "", "")


def test_the_mail_holds_the_answers_in_full(log):
    conversation = held(log, [contacts(), funding("Un chèque.")])
    mail = load_letters().answers(ANNE, answers_of(log.transcript(conversation)))
    assert mail.recipient == ANNE
    assert "Voici la CCI d’essai." in mail.body
    assert mail.body.index("CCI") < mail.body.index("Un chèque.")
    assert "question" not in mail.body


def test_a_conversation_sends_three_mails_at_most(engine, log, clock):
    post, conversation = open_answer_post(engine, clock), held(log, [contacts()])
    for _ in range(3):
        assert not post.used_up(conversation.id)
        post.send(conversation.id, ANNE)
    assert post.used_up(conversation.id)


def test_an_erasure_says_what_was_there_and_leaves_no_mail(engine, log, clock):
    conversation = held(log, [contacts(), funding("Un chèque.")], [{"text": "De rien."}])
    open_answer_post(engine, clock).send(conversation.id, ANNE)
    removed = log.delete(conversation)
    assert (removed.messages, removed.requests, removed.interests) == (5, 0, 0)
    assert removed.at.tzinfo
    assert log.traces(conversation) == 0
