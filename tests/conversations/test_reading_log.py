from dataclasses import replace

import pytest
from sqlalchemy import select

from conversations.bootstrap import open_interests
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.outbox import Outbox
from conversations.privacy_bootstrap import open_consents, open_reading_log
from conversations.privacy_models import ListReadRow
from conversations.reading_log import LIST, SEARCH, Listing
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from tests.conversations.test_interests import WISH
from tests.conversations.test_requests import NEW


@pytest.fixture
def reading(engine, clock):
    return open_reading_log(engine, clock)


def desk(engine, clock):
    transactions = Transactions(engine)
    return RequestDesk(transactions, clock, Outbox(transactions, clock), load_letters(), posts=False)


def test_who_read_what_is_kept_the_latest_first(reading):
    reading.record_read("anne", "conversation", "c1", "relecture")
    reading.record_read("paul", "conversation", "c1", "demande d’effacement")
    reading.record_read("anne", "request", "r1", "réponse à la demande")
    assert [(each.account_id, each.what) for each in reading.listed()] == [
        ("anne", "request"),
        ("paul", "conversation"),
        ("anne", "conversation"),
    ]
    assert [each.account_id for each in reading.of_subject("conversation", "c1")] == ["paul", "anne"]
    assert reading.of_subject("request", "c1") == []
    assert [each.purpose for each in reading.listed("anne")] == ["réponse à la demande", "relecture"]
    assert reading.listed()[0].at > reading.listed()[1].at


def test_the_log_is_paged(reading):
    for number in range(5):
        reading.record_read("anne", "conversation", f"c{number}", "relecture")
    first = reading.listed(limit=2)
    rest = reading.listed(before=first[-1].id, limit=10)
    assert [each.subject_id for each in first + rest] == ["c4", "c3", "c2", "c1", "c0"]


def test_a_list_is_one_line_that_tells_what_it_showed(reading):
    reading.record_read("anne", "conversation", "c1", "relecture")
    reading.record_list("paul", LIST, "besoin=website", ["c1", "c2", "c1"], "lecture")
    reading.record_list("paul", SEARCH, "", ["c2"], "lecture")
    reading.record_list("paul", LIST, "", [], "lecture")
    assert [(each.what, each.listing) for each in reading.listed()] == [
        ("search", Listing("", 1)),
        ("list", Listing("besoin=website", 2)),
        ("conversation", None),
    ]
    assert [each.what for each in reading.of_subject("conversation", "c1")] == ["list", "conversation"]
    assert [each.what for each in reading.of_subject("conversation", "c2")] == ["search", "list"]
    assert reading.of_subject("conversation", "c3") == reading.of_subject("request", "c2") == []


def test_a_list_keeps_no_id_so_that_an_erasure_has_nothing_to_take_out(engine, clock, reading):
    log = ConversationLog(engine, clock)
    _, conversation = log.start()
    reading.record_list("anne", LIST, "", [conversation.id], "lecture")
    with engine.connect() as connection:
        kept = connection.execute(select(ListReadRow.__table__)).one()
    assert conversation.id not in str(kept)
    log.delete(conversation)
    assert log.traces(conversation) == 0
    assert len(reading.of_subject("conversation", conversation.id)) == 1


def test_an_erasure_leaves_who_read_but_not_the_id(engine, clock, reading):
    log = ConversationLog(engine, clock)
    _, conversation = log.start()
    made = desk(engine, clock).open(replace(NEW, conversation_id=conversation.id))
    reading.record_read("anne", "conversation", conversation.id, "relecture")
    reading.record_read("anne", "request", made.id, "réponse")
    reading.record_read("anne", "conversation", "another", "relecture")
    log.delete(conversation)
    subjects = {each.subject_id for each in reading.listed()}
    assert not subjects & {conversation.id, made.id}
    assert "another" in subjects
    assert len(reading.of_subject("conversation", conversation.id)) == 1, "who knows the id may still ask"
    assert len(reading.of_subject("request", made.id)) == 1


def test_a_withdrawn_interest_leaves_who_read_but_not_the_id(engine, clock, reading):
    interests = open_interests(engine, clock)
    interest = interests.register("c2", WISH)
    reading.record_read("anne", "interest", interest.id, "groupe")
    interests.withdraw("c2")
    assert interest.id not in {each.subject_id for each in reading.listed()}
    assert len(reading.of_subject("interest", interest.id)) == 1


def test_consents_are_listed_with_their_words_and_their_time(engine, clock):
    made = desk(engine, clock).open(NEW)
    interest = open_interests(engine, clock).register("c2", WISH)
    consents = open_consents(engine)
    latest, earlier = consents.listed()
    assert (latest.kind, latest.subject, latest.words) == ("interest", interest.id, WISH.consent)
    assert (earlier.kind, earlier.subject, earlier.words) == ("request", made.reference, NEW.consent)
    assert earlier.at == made.consent_at
    assert consents.listed(before=latest.at) == [earlier]
    assert consents.listed(limit=1) == [latest]


def test_a_consent_goes_with_what_it_was_given_for(engine, clock):
    interests = open_interests(engine, clock)
    interests.register("c2", WISH)
    interests.withdraw("c2")
    assert open_consents(engine).listed() == []
