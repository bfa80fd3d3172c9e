import pytest

from conversations.bootstrap import open_opinions
from conversations.errors import UnknownConversation
from conversations.log import ConversationLog
from conversations.opinions import Opinion
from conversations.review_bootstrap import open_reviews
from conversations.review_errors import UnknownTurn
from conversations.review_ranges import Marked
from conversations.review_views import CORRECTED, LATER, NEW, REVIEWED, RIGHT, Reading, Who
from tests.conversations.test_digests import understood
from tests.conversations.test_opinions import CONTACTS

ANNE, BOB = Who("a1", "Anne"), Who("b2", "Bob")
SITE = Reading(
    "un site à Quimper", "need_website", ("website",), None, (Marked("location", 10, 17, "com29232"),)
)


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def reviews(engine, clock):
    return open_reviews(engine, clock)


def said(log, *heard):
    """A conversation in which the owner speaks once for each (text, confidence)."""
    _, conversation = log.start()
    turns = []
    for number, (text, confidence) in enumerate(heard):
        doubt = ("action_offer_choices",) if confidence < 0.5 else ("action_answer",)
        turn = log.receive(conversation, f"m{number}", text)
        turns.append(log.answer(turn, [CONTACTS], understood(confidence=confidence, actions=doubt)))
    return conversation, turns


def test_the_queue_begins_with_thumbs_down_then_doubt_then_failure_then_unsure(engine, clock, log, reviews):
    sure, _ = said(log, ("un site", 0.9))
    unsure, _ = said(log, ("euh", 0.55))
    _, failed = log.start()
    log.fail(log.receive(failed, "m", "un site"), [], "timeout")
    doubtful, _ = said(log, ("quoi", 0.2))
    down, turns = said(log, ("un site", 0.95))
    open_opinions(engine, clock).give(down.id, turns[0].messages[0].id, Opinion("down", "unclear", "pas ça"))
    items = reviews.queue()
    assert [(each.conversation_id, each.why) for each in items] == [
        (down.id, "thumb_down"),
        (doubtful.id, "doubtful"),
        (failed.id, "failed"),
        (unsure.id, "unsure"),
    ]
    assert sure.id not in {each.conversation_id for each in items}
    assert [each.conversation_id for each in reviews.queue(limit=2)] == [down.id, doubtful.id]
    (turn,) = reviews.turns(down.id)
    assert (turn.suspect, turn.words, turn.answers) == ("thumb_down", "pas ça", ("Voici.",))


def test_a_correction_says_who_and_when_and_the_last_one_counts(log, reviews):
    conversation, (turn,) = said(log, ("un site à Quimper", 0.2))
    reviews.correct(turn.id, RIGHT, SITE, ANNE)
    reviews.correct(turn.id, CORRECTED, SITE, BOB, "  pas une boutique ")
    (heard,) = reviews.turns(conversation.id)
    assert (heard.correction.verdict, heard.correction.reading, heard.correction.who) == (
        CORRECTED,
        SITE,
        BOB,
    )
    assert heard.correction.comment == "pas une boutique"
    done = [(each.what, each.who.name) for each in reviews.standing(conversation.id).events]
    assert done == [("right", "Anne"), ("moved", "Anne"), ("corrected", "Bob")]


def test_a_conversation_is_reviewed_when_no_suspect_turn_is_left(log, reviews):
    conversation, (first, sure, last) = said(log, ("quoi", 0.2), ("un site", 0.9), ("bof", 0.3))
    reviews.correct(first.id, CORRECTED, SITE, ANNE)
    assert reviews.standing(conversation.id).state == NEW
    assert [each.conversation_id for each in reviews.queue()] == [conversation.id]
    reviews.correct(last.id, CORRECTED, SITE, ANNE)
    assert reviews.standing(conversation.id).state == REVIEWED
    assert reviews.queue() == []
    assert sure.id


def test_state_tags_and_assignment_are_noted_once_each(log, reviews):
    conversation, _ = said(log, ("quoi", 0.2))
    reviews.move(conversation.id, LATER, ANNE)
    reviews.move(conversation.id, LATER, ANNE)
    reviews.assign(conversation.id, "b2", ANNE, "Bob")
    reviews.tag(conversation.id, ["accent", " vin  nature ", ""], ANNE)
    reviews.tag(conversation.id, ["accent"], BOB)
    standing = reviews.standing(conversation.id)
    assert (standing.state, standing.tags, standing.assigned_to) == (LATER, ("accent",), "b2")
    assert [(each.what, each.value, each.who.name) for each in standing.events] == [
        ("moved", "later", "Anne"),
        ("assigned", "Bob", "Anne"),
        ("tagged", "accent", "Anne"),
        ("tagged", "vin nature", "Anne"),
        ("untagged", "vin nature", "Bob"),
    ]
    assert reviews.queue() == []
    assert [each.conversation_id for each in reviews.queue("later", assigned_to="b2")] == [conversation.id]
    assert reviews.queue("later", assigned_to="a1") == []


def test_an_erasure_takes_the_review_along(log, reviews):
    conversation, (turn,) = said(log, ("un site à Quimper", 0.2))
    reviews.correct(turn.id, CORRECTED, SITE, ANNE, "à voir")
    reviews.tag(conversation.id, ["accent"], ANNE)
    log.delete(conversation)
    assert log.traces(conversation) == 0
    with pytest.raises(UnknownConversation):
        reviews.standing(conversation.id)
    with pytest.raises(UnknownConversation):
        reviews.move(conversation.id, LATER, ANNE)
    with pytest.raises(UnknownTurn):
        reviews.correct(turn.id, CORRECTED, SITE, ANNE)


def test_a_greeting_is_no_turn_to_review(log, reviews):
    _, conversation = log.start()
    opening = log.open_turn(conversation)
    log.answer(opening, [{"text": "Bonjour."}], {})
    assert reviews.turns(conversation.id) == []
    with pytest.raises(UnknownTurn):
        reviews.conversation_of(opening.id)
