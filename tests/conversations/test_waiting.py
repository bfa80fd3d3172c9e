from datetime import timedelta

import pytest

from conversations.log import ConversationLog
from conversations.waiting import ABANDONED, GIVEN_UP, Waiting

NOTICE = [{"text": "Plus tard."}]


class Clock:
    """A clock that moves one second each time it is read, and further when told to."""

    def __init__(self, ticking):
        self._ticking = ticking

    def __call__(self):
        return self._ticking()

    def passes(self, time):
        self._ticking.now += time


@pytest.fixture
def time(clock):
    return Clock(clock)


@pytest.fixture
def log(engine, time):
    return ConversationLog(engine, time)


@pytest.fixture
def waiting(engine, time):
    return Waiting(engine, time)


@pytest.fixture
def conversation(log):
    return log.start()[1]


def failed(log, conversation, message_id="m1", text="un site"):
    return log.fail(log.receive(conversation, message_id, text), NOTICE, "unreachable")


def due(waiting):
    return [waiter.turn.message_id for waiter in waiting.due()]


def test_a_failed_message_waits(log, waiting, conversation):
    failed(log, conversation)
    assert due(waiting) == ["m1"]


def test_an_answered_one_does_not(log, waiting, conversation):
    log.answer(failed(log, conversation), [{"text": "Voici."}], {})
    assert due(waiting) == []


def test_a_message_under_way_is_left_to_whoever_has_it_until_it_is_abandoned(
    log, waiting, conversation, time
):
    log.receive(conversation, "m1", "un site")
    assert due(waiting) == []
    time.passes(ABANDONED)
    assert due(waiting) == ["m1"]


def test_the_oldest_of_a_conversation_comes_first_and_alone(log, waiting, conversation):
    failed(log, conversation, "m1")
    failed(log, conversation, "m2", "à Brest")
    failed(log, log.start()[1], "m3")
    assert due(waiting) == ["m1", "m3"]


def test_a_message_that_a_later_answer_has_overtaken_waits_no_more(log, waiting, conversation):
    failed(log, conversation, "m1")
    log.answer(log.receive(conversation, "m2", "un site"), [{"text": "Voici."}], {})
    assert due(waiting) == []


def test_after_a_day_nobody_waits(log, waiting, conversation, time):
    failed(log, conversation)
    time.passes(GIVEN_UP)
    assert due(waiting) == []


def test_other_channels_try_again_by_themselves(log, waiting):
    failed(log, log.start("telegram")[1])
    assert due(waiting) == []


def test_each_attempt_doubles_the_pause(log, waiting, conversation, time):
    turn = failed(log, conversation)
    for _ in range(5):
        waiting.postpone(turn, "timeout")
    assert due(waiting) == []
    time.passes(timedelta(seconds=33))
    assert due(waiting) == ["m1"]


def test_another_failure_changes_nothing_that_the_owner_sees(log, waiting, conversation):
    turn = failed(log, conversation)
    waiting.postpone(turn, "timeout")
    again = waiting.now(turn)
    assert (again.failure, again.attempts, again.messages) == ("timeout", 2, turn.messages)


def test_an_erased_message_is_gone(log, waiting, conversation):
    turn = failed(log, conversation)
    log.delete(conversation)
    waiting.postpone(turn, "timeout")
    assert waiting.now(turn) is None


def test_what_waits_before_a_message_comes_in_order_without_the_same_words(log, waiting, conversation):
    failed(log, conversation, "m1", "un site")
    failed(log, conversation, "m2", "à Brest")
    failed(log, conversation, "m3", "allo")
    turn = log.receive(conversation, "m4", "allo")
    assert [each.message_id for each in waiting.before(turn, 5)] == ["m1", "m2"]
    assert [each.message_id for each in waiting.before(turn, 1)] == ["m1"]
