"""Conversations that an advisor takes over, on both databases."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.bootstrap import open_advisor_post, open_holds
from conversations.errors import AlreadyTaken, NotTaken, UnknownConversation
from conversations.holds import IDLE
from conversations.log import ConversationLog
from conversations.waiting import Waiting
from tests.conversations.advisors import ANNE, YANN

UNDERSTOOD = {"model_id": "essai"}


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def holds(engine, clock):
    return open_holds(engine, clock)


@pytest.fixture
def conversation(log):
    return log.start()[1]


def texts(log, conversation):
    return [message.text for message in log.transcript(conversation)]


def said(log, conversation, number, text="Et demain ?"):
    return log.receive(conversation, f"m{number}", text)


def test_a_conversation_without_a_hold_is_the_assistants(holds, log, conversation):
    assert holds.keep(said(log, conversation, 1)) is None
    assert holds.of(conversation.id) is None


def test_the_owner_is_told_who_answers_and_their_messages_are_kept(holds, log, conversation):
    holds.take(conversation.id, ANNE)
    first, second = (holds.keep(said(log, conversation, number)) for number in (1, 2))
    assert (first.state, second.state) == ("answered", "answered")
    told = texts(log, conversation)
    assert told[0].startswith("Anne Kerbrat (CCI d'essai) vous répond ici.")
    assert told[1:] == [
        "Et demain ?",
        "Votre message est transmis à Anne Kerbrat (CCI d'essai).",
        "Et demain ?",
    ]
    again = holds.keep(said(log, conversation, 1))
    assert again.messages == first.messages
    assert again.attempts == 1


def test_of_two_advisors_one_has_it_and_the_other_is_told_who(holds, conversation):
    outcomes, start = [], threading.Barrier(2)

    def take(advisor):
        start.wait()
        try:
            outcomes.append(("mine", holds.take(conversation.id, advisor).name))
        except AlreadyTaken as taken:
            outcomes.append(("taken", taken.name))

    threads = [threading.Thread(target=take, args=(each,)) for each in (ANNE, YANN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kind for kind, _ in outcomes) == ["mine", "taken"]
    assert len({name for _, name in outcomes}) == 1
    loser = YANN if outcomes[0][1] == ANNE.name else ANNE
    for act in (holds.stay, holds.give_back):
        with pytest.raises(NotTaken):
            act(conversation.id, loser)
    with pytest.raises(NotTaken):
        holds.say(conversation.id, loser, "Bonjour")


def test_what_the_advisor_says_names_them_and_answers_what_waited(holds, log, conversation, engine, clock):
    holds.take(conversation.id, ANNE)
    holds.keep(said(log, conversation, 1))
    holds.say(conversation.id, ANNE, "Oui, à 9 h.")
    last = log.transcript(conversation)[-1]
    assert (last.text, last.author) == ("Oui, à 9 h.", "bot")
    assert last.custom == {"type": "advisor", "name": "Anne Kerbrat", "body": "CCI d'essai"}
    holds.give_back(conversation.id, ANNE)
    assert Waiting(engine, clock).due() == []
    assert holds.keep(said(log, conversation, 2)) is None
    assert texts(log, conversation)[-2].startswith("Anne Kerbrat a quitté la conversation.")


def test_the_assistant_answers_what_an_advisor_left_unanswered(holds, log, conversation, engine, clock):
    holds.take(conversation.id, ANNE)
    holds.say(conversation.id, ANNE, "Bonjour.")
    holds.keep(said(log, conversation, 1))
    holds.give_back(conversation.id, ANNE)
    clock.now += timedelta(minutes=1)
    (waiter,) = Waiting(engine, clock).due()
    assert waiter.turn.message_id == "m1"
    log.answer(waiter.turn, [{"text": "Voici."}], UNDERSTOOD)
    assert texts(log, conversation)[-1] == "Voici."
    assert Waiting(engine, clock).due() == []


def test_a_hold_ends_by_itself_when_its_advisor_writes_nothing(holds, log, conversation, engine, clock):
    holds.take(conversation.id, ANNE)
    clock.now += IDLE - timedelta(minutes=1)
    holds.say(conversation.id, ANNE, "Je cherche.")
    clock.now += IDLE - timedelta(minutes=1)
    holds.stay(conversation.id, ANNE)
    clock.now += IDLE - timedelta(minutes=1)
    holds.keep(said(log, conversation, 1))
    assert holds.end_expired() == []
    clock.now += timedelta(minutes=2)
    assert holds.of(conversation.id) is None
    assert [holds.end_expired(), holds.end_expired()] == [[conversation.id], []]
    assert texts(log, conversation)[-1].startswith("Anne Kerbrat n’a pas répondu")
    clock.now += timedelta(minutes=1)
    assert [waiter.turn.message_id for waiter in Waiting(engine, clock).due()] == ["m1"]
    with pytest.raises(NotTaken):
        holds.say(conversation.id, ANNE, "Me revoilà.")


def test_who_writes_after_the_lease_gets_the_assistant_and_first_what_waited(
    holds, log, conversation, engine, clock
):
    holds.take(conversation.id, ANNE)
    holds.keep(said(log, conversation, 1, "Allô ?"))
    clock.now += IDLE + timedelta(minutes=1)
    later = said(log, conversation, 2)
    assert holds.keep(later) is None
    assert [turn.message_id for turn in Waiting(engine, clock).before(later, 3)] == ["m1"]


def test_another_advisor_may_follow_one_whose_lease_has_ended(holds, conversation, clock):
    holds.take(conversation.id, ANNE)
    clock.now += IDLE + timedelta(minutes=1)
    assert holds.take(conversation.id, YANN).name == YANN.name


def test_what_failed_before_is_answered_by_the_advisor(holds, log, conversation, engine, clock):
    turn = said(log, conversation, 1)
    log.fail(turn, [{"text": "Plus tard."}], "timeout")
    holds.take(conversation.id, ANNE)
    holds.say(conversation.id, ANNE, "Je réponds.")
    holds.give_back(conversation.id, ANNE)
    clock.now += timedelta(minutes=5)
    assert Waiting(engine, clock).due() == []


def test_an_owner_may_leave_a_hold(holds, log, conversation):
    holds.leave(conversation.id)
    holds.take(conversation.id, ANNE)
    holds.leave(conversation.id)
    assert holds.of(conversation.id) is None
    assert texts(log, conversation)[-1].startswith("Anne Kerbrat ne suit plus")


def test_an_erasure_during_a_hold_takes_it_too(holds, log, conversation):
    holds.take(conversation.id, ANNE)
    holds.keep(said(log, conversation, 1))
    log.delete(conversation)
    assert log.traces(conversation) == 0
    assert holds.end_expired() == []
    for act in (holds.take, holds.stay, holds.give_back):
        with pytest.raises(UnknownConversation):
            act(conversation.id, ANNE)


def test_messages_of_advisors_are_news_for_a_while(holds, conversation, engine, clock):
    post = open_advisor_post(engine, clock)
    holds.take(conversation.id, replace(ANNE, body_name=None))
    assert list(post.fresh().values()) == [conversation.id]
    clock.now += timedelta(minutes=1)
    assert post.fresh() == {}
    assert post.unrouted(["whatsapp"]) == []
