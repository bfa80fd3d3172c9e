"""Which tokens open a conversation as they are renewed, on each database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete

from conversations.errors import UnknownConversation
from conversations.holding import GRACE
from conversations.log import ConversationLog
from conversations.models import TokenSerialRow
from conversations.signing import OwnerToken
from conversations.store import writing
from conversations.tokens import new_id


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def unsigned(log, engine):
    """The key of a conversation that began before tokens were signed."""
    key, conversation = log.start()
    with writing(engine).begin() as connection:
        connection.execute(delete(TokenSerialRow).where(TokenSerialRow.conversation_id == conversation.id))
    return key


@pytest.fixture(params=["looks", "writes"])
def opens(request):
    """Tell whether a token opens its conversation, to who looks at it and to who writes in it."""

    def opens(log, token):
        try:
            if request.param == "looks":
                log.by_token(token)
            else:
                log.take_as(token, new_id(), "bonjour")
        except UnknownConversation:
            return False
        return True

    return opens


def test_the_token_before_is_good_until_the_new_one_was_shown_for_a_while(log, clock, opens):
    key, _ = log.start()
    first, second = OwnerToken(key, 0), OwnerToken(key, 1)
    clock.now += timedelta(days=30)
    assert opens(log, first)
    assert opens(log, second)
    assert opens(log, first)
    clock.now += GRACE
    assert [opens(log, each) for each in (first, second)] == [False, True]


def test_a_new_token_that_never_arrived_takes_nothing_away(log, clock, opens):
    key, _ = log.start()
    clock.now += timedelta(days=90)
    assert opens(log, OwnerToken(key, 0))


def test_no_other_serial_number_opens(log, clock, opens):
    key, _ = log.start()
    assert opens(log, OwnerToken(key, 1))
    clock.now += GRACE
    assert [serial for serial in (0, 3, 4, 1, 2) if opens(log, OwnerToken(key, serial))] == [1, 2]


def test_a_token_shown_twice_is_noted_once(log, opens):
    key, _ = log.start()
    new = OwnerToken(key, 1)
    assert opens(log, new)
    assert opens(log, new)
    assert opens(log, OwnerToken(key, 0))  # it did not become the one before the one before


def test_the_key_alone_opens_what_began_before_signatures_until_it_is_renewed(log, clock, unsigned, opens):
    bare = OwnerToken(unsigned, signed=False)
    assert log.any_unsigned("web")
    clock.now += timedelta(days=100)
    assert opens(log, bare)
    assert opens(log, OwnerToken(unsigned, 1))
    assert opens(log, bare)
    assert not log.any_unsigned("web")
    clock.now += GRACE
    assert [opens(log, each) for each in (bare, OwnerToken(unsigned, 1))] == [False, True]


def test_the_key_alone_opens_nothing_that_began_with_a_signed_token(log, opens):
    key, _ = log.start()
    assert not opens(log, OwnerToken(key, signed=False))
    assert not log.any_unsigned("web")


def test_what_is_known_of_tokens_goes_with_the_conversation(log, opens):
    key, conversation = log.start()
    log.by_token(OwnerToken(key, 1))
    log.delete(conversation)
    assert log.traces(conversation) == 0
    assert not opens(log, OwnerToken(key, 1))


def test_a_new_token_shown_by_two_tabs_at_once_is_noted_once(log, clock, opens):
    key, _ = log.start()
    clock.now += timedelta(days=1)
    with ThreadPoolExecutor(8) as tabs:
        shown = list(tabs.map(lambda serial: opens(log, OwnerToken(key, serial)), [1, 0] * 8))
    assert all(shown)
    clock.now += GRACE
    assert [opens(log, OwnerToken(key, serial)) for serial in (0, 1)] == [False, True]


def test_a_message_is_taken_once_by_who_holds_the_token(log):
    key, conversation = log.start()
    taken, first = log.take_as(OwnerToken(key, 0), "m1", "un site")
    _, again = log.take_as(OwnerToken(key, 1), "m1", "un site")
    assert taken == conversation
    assert again.turn == first.turn
    assert [message.text for message in log.transcript(conversation)] == ["un site"]


def test_messages_taken_at_once_are_numbered_one_after_the_other(log):
    key, conversation = log.start()
    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(lambda number: log.take_as(OwnerToken(key, 0), f"m{number}", "bonjour"), range(16)))
    assert [message.id for message in log.transcript(conversation)] == list(range(1, 17))
