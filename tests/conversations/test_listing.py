from concurrent.futures import ThreadPoolExecutor

import pytest

from conversations.bootstrap import open_browsing, open_digests, open_listing, open_searching
from conversations.filters import Filters
from conversations.log import ConversationLog
from conversations.migrating import move
from conversations.transactions import Transactions
from conversations.waiting import Waiting
from tests.conversations.test_digests import BREST, everything, say, understood
from tests.conversations.test_searching import found
from tests.databases import fresh_record

VOICI = [{"text": "Voici la chambre."}]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """A record whose tables may be changed."""
    with fresh_record(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def listing(engine):
    return open_listing(engine)


@pytest.fixture
def listed(engine):
    """Return the conversations of the list, with how many messages of the owner each says it has."""

    def read():
        rows = open_browsing(engine).page(Filters(), None).digests
        return {row.conversation_id: row.turns for row in rows}

    return read


def answer_first(log, conversation, number, words, heard=None, place=None):
    """Answer as the portal does: nothing is listed yet."""
    turn = log.receive(conversation, f"m{number}", words)
    return log.answer(turn, VOICI, heard or understood(), place, listed=False)


def test_an_answer_is_there_before_it_is_listed(engine, log, listing, listed):
    _, conversation = log.start()
    answer_first(log, conversation, 1, "un site pour ma crêperie")
    assert [message.text for message in log.transcript(conversation)][-1] == "Voici la chambre."
    assert listed() == {}
    assert found(open_searching(engine), "crêperie") == []
    assert listing.behind() == [conversation.id]

    assert listing.catch_up(conversation.id) == 1
    assert listed() == {conversation.id: 1}
    assert found(open_searching(engine), "crêperie") == [(conversation.id, 1)]
    assert len(found(open_searching(engine), "chambre")) == 1
    assert listing.behind() == []


def test_what_is_listed_late_is_listed_as_if_at_once(engine, log, listing):
    _, early = log.start()
    _, late = log.start()
    heard = [
        understood(("website",), 0.9),
        understood(("grants",), 0.5, model="modele-2"),
        understood((), 0.7),
    ]
    for number, each in enumerate(heard):
        say(log, early, number, f"message {number}", each, BREST, VOICI)
    for number, each in enumerate(heard):
        answer_first(log, late, number, f"message {number}", each, BREST)
    assert listing.catch_up(late.id) == 3
    rows = everything(Transactions(engine))
    for table, kept in rows.items():
        mine = [_without_moments(row[1:]) for row in kept if row[0] == early.id]
        assert mine == [_without_moments(row[1:]) for row in kept if row[0] == late.id], table


def test_an_answer_is_listed_once_whoever_lists_it(engine, log, listing, listed):
    _, conversation = log.start()
    for number in range(8):
        answer_first(log, conversation, number, "bonjour")
    others = [open_listing(engine) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda each: each.catch_up(conversation.id), others))
    assert sum(counts) == 8
    assert listing.catch_up(conversation.id) == 0
    assert listed() == {conversation.id: 8}


def test_a_failure_is_listed_at_once_with_what_was_waiting_before_it(log, listing, listed):
    _, conversation = log.start()
    answer_first(log, conversation, 1, "un site")
    log.fail(log.receive(conversation, "m2", "à Brest"), VOICI, "timeout")
    assert listed() == {conversation.id: 2}
    assert listing.catch_up(conversation.id) == 0


def test_what_brings_the_first_digest_about_leaves_what_waits_for_its_turn(
    engine, clock, log, listing, listed
):
    _, conversation = log.start()
    answer_first(log, conversation, 1, "un site")
    Waiting(engine, clock).postpone(log.receive(conversation, "m2", "à Brest"), "timeout")
    assert listed() == {conversation.id: 1}
    assert listing.catch_up(conversation.id) == 1
    assert listed() == {conversation.id: 2}


def test_digests_made_anew_take_what_was_waiting_and_nothing_twice(engine, log, listing, listed):
    _, conversation = log.start()
    say(log, conversation, 1, "un site", messages=VOICI)
    answer_first(log, conversation, 2, "la fibre")
    open_digests(engine).make_all()
    assert listed() == {conversation.id: 2}
    assert found(open_searching(engine), "fibre") == [(conversation.id, 3)]
    assert (listing.behind(), listing.catch_up(conversation.id)) == ([], 0)
    assert listed() == {conversation.id: 2}


def test_what_waits_when_the_tables_go_back_is_listed_when_the_record_is_opened(engine, log, listing, listed):
    _, conversation = log.start()
    say(log, conversation, 1, "un site", messages=VOICI)
    answer_first(log, conversation, 2, "la fibre")
    move(engine, form="0004")  # of before the mark
    move(engine)
    assert listing.behind() == []
    assert listed() == {conversation.id: 1}
    open_digests(engine).fill()
    assert listed() == {conversation.id: 2}


def test_an_erased_conversation_is_not_listed(log, listing, listed):
    _, conversation = log.start()
    answer_first(log, conversation, 1, "un site")
    log.delete(conversation)
    assert listing.catch_up(conversation.id) == 0
    assert (listing.behind(), listed()) == ([], {})


def test_the_longest_waiting_comes_first(log, listing):
    conversations = [log.start()[1] for _ in range(3)]
    for each in reversed(conversations):
        answer_first(log, each, 1, "bonjour")
    assert listing.behind() == [each.id for each in reversed(conversations)]


def _without_moments(row):
    return [value for value in row if not hasattr(value, "tzinfo")]
