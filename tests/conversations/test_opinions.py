import pytest

from conversations.bootstrap import open_opinions
from conversations.errors import UnknownConversation, UnknownMessage
from conversations.log import ConversationLog
from conversations.opinions import Opinion

CONTACTS = {"text": "Voici.", "custom": {"type": "contacts", "items": [{"id": "cci"}]}}
DOWN = Opinion("down", "unclear", "Trop long")


@pytest.fixture
def conversation(engine, clock):
    """A conversation whose message 2 is an answer, 3 is small talk."""
    log = ConversationLog(engine, clock)
    _, conversation = log.start()
    turn = log.receive(conversation, "m1", "un site")
    log.answer(turn, [CONTACTS, {"text": "Merci."}], {})
    return conversation


def test_one_opinion_a_message_the_last_one(engine, clock, conversation):
    opinions = open_opinions(engine, clock)
    opinions.give(conversation.id, 2, DOWN)
    assert opinions.of(conversation.id) == {2: DOWN}
    opinions.give(conversation.id, 2, Opinion("up"))
    assert opinions.of(conversation.id) == {2: Opinion("up")}


@pytest.mark.parametrize("number", [1, 3, 4])
def test_nothing_but_answers_is_judged(engine, clock, conversation, number):
    with pytest.raises(UnknownMessage):
        open_opinions(engine, clock).give(conversation.id, number, DOWN)


def test_an_erasure_takes_the_opinions_along(engine, clock, conversation):
    opinions, log = open_opinions(engine, clock), ConversationLog(engine, clock)
    opinions.give(conversation.id, 2, DOWN)
    log.delete(conversation)
    assert (opinions.of(conversation.id), log.traces(conversation)) == ({}, 0)
    with pytest.raises(UnknownConversation):
        opinions.give(conversation.id, 2, DOWN)
