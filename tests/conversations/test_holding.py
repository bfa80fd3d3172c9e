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


def opens(log, token):
    try:
        log.by_token(token)
    except UnknownConversation:
        return False
    return True


def test_the_token_before_is_good_until_the_new_one_was_shown_for_a_while(log, clock):
    key, _ = log.start()
    first, second = OwnerToken(key, 0), OwnerToken(key, 1)
    clock.now += timedelta(days=30)
    assert opens(log, first)
    assert opens(log, second)
    assert opens(log, first)
    clock.now += GRACE
    assert [opens(log, each) for each in (first, second)] == [False, True]


def test_a_new_token_that_never_arrived_takes_nothing_away(log, clock):
    key, _ = log.start()
    clock.now += timedelta(days=90)
    assert opens(log, OwnerToken(key, 0))


def test_no_other_serial_number_opens(log, clock):
    key, _ = log.start()
    assert opens(log, OwnerToken(key, 1))
    clock.now += GRACE
    assert [serial for serial in (0, 3, 4, 1, 2) if opens(log, OwnerToken(key, serial))] == [1, 2]


def test_a_token_shown_twice_is_noted_once(log):
    key, _ = log.start()
    new = OwnerToken(key, 1)
    assert opens(log, new)
    assert opens(log, new)
    assert opens(log, OwnerToken(key, 0))  # it did not become the one before the one before


def test_the_key_alone_opens_what_began_before_signatures_until_it_is_renewed(log, clock, unsigned):
    bare = OwnerToken(unsigned, signed=False)
    assert log.any_unsigned("web")
    clock.now += timedelta(days=100)
    assert opens(log, bare)
    assert opens(log, OwnerToken(unsigned, 1))
    assert opens(log, bare)
    assert not log.any_unsigned("web")
    clock.now += GRACE
    assert [opens(log, each) for each in (bare, OwnerToken(unsigned, 1))] == [False, True]


def test_the_key_alone_opens_nothing_that_began_with_a_signed_token(log):
    key, _ = log.start()
    assert not opens(log, OwnerToken(key, signed=False))
    assert not log.any_unsigned("web")


def test_what_is_known_of_tokens_goes_with_the_conversation(log):
    key, conversation = log.start()
    log.by_token(OwnerToken(key, 1))
    log.delete(conversation)
    assert log.traces(conversation) == 0
    assert not opens(log, OwnerToken(key, 1))


def test_a_new_token_shown_by_two_tabs_at_once_is_noted_once(log, clock):
    key, _ = log.start()
    clock.now += timedelta(days=1)
    with ThreadPoolExecutor(8) as tabs:
        shown = list(tabs.map(lambda serial: opens(log, OwnerToken(key, serial)), [1, 0] * 8))
    assert all(shown)
    clock.now += GRACE
    assert [opens(log, OwnerToken(key, serial)) for serial in (0, 1)] == [False, True]
