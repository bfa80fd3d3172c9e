import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from conversations.bootstrap import open_digests, open_opinions, open_requests
from conversations.digest_models import (
    ConversationBodyRow,
    ConversationModelRow,
    ConversationNeedRow,
    DigestRow,
    FillingRow,
    TagRow,
)
from conversations.log import ConversationLog
from conversations.mailer import NoMailer
from conversations.opinions import Opinion
from conversations.statistics.models import SignRow
from conversations.transactions import Transactions
from conversations.waiting import Waiting
from tests.conversations.test_opinions import CONTACTS
from tests.conversations.test_requests import NEW

BREST = {"level": "commune", "code": "29019", "name": "Brest"}
EPCI = {"level": "epci", "code": "242900314"}


def understood(needs=("website",), confidence=0.9, model="modele-1", actions=("action_answer",), **slots):
    return {
        "intent": {"name": f"need_{needs[0]}" if needs else "inform", "confidence": confidence},
        "needs": list(needs),
        "entities": [],
        "actions": list(actions),
        "slots": slots,
        "model_id": model,
    }


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def transactions(engine):
    return Transactions(engine)


@pytest.fixture
def digest(transactions):
    """Read the digest of a conversation, with what stands in tables of its own."""

    def read(conversation):
        with transactions.read() as session:
            return session.get(DigestRow, conversation.id)

    return read


def everything(transactions):
    """Return all digests and what goes with them, to be compared."""
    with transactions.read() as session:
        found = {}
        for table in (DigestRow, ConversationNeedRow, ConversationModelRow, ConversationBodyRow, SignRow):
            columns = table.__table__.columns
            rows = session.execute(select(*columns).order_by(*table.__table__.primary_key.columns)).all()
            found[table.__tablename__] = [tuple(row) for row in rows]
        return found


def say(log, conversation, number, words, heard=None, place=None, messages=(CONTACTS,)):
    turn = log.receive(conversation, f"m{number}", words)
    return log.answer(turn, list(messages), heard or understood(), place)


def test_nobody_has_spoken_yet(log, digest):
    _, conversation = log.start(territory=BREST)
    log.answer(log.open_turn(conversation), [{"text": "Bonjour."}], understood(needs=()))
    assert digest(conversation) is None


def test_what_came_of_the_first_words_makes_a_digest(log, digest, clock):
    _, conversation = log.start(channel="sms", territory=BREST)
    turn = log.receive(conversation, "m1", "je veux un site")
    assert digest(conversation) is None
    turn = log.fail(turn, [{"text": "Panne"}], "timeout")
    row = digest(conversation)
    assert (row.channel, row.departement, row.region, row.place) == ("sms", "29", "53", "Brest")
    assert (row.turns, row.excerpt, row.active_at) == (1, "je veux un site", turn.finished_at)
    assert (row.needs, row.lowest_confidence, row.review_state) == (None, None, "new")


def test_words_count_once_however_often_they_are_answered(engine, clock, log, digest):
    _, conversation = log.start()
    say(log, conversation, 1, "bonjour")
    turn = log.receive(conversation, "m2", "un site")
    Waiting(engine, clock).postpone(turn, "timeout")
    log.answer(log.fail(turn, [], "timeout"), [CONTACTS], understood())
    assert digest(conversation).turns == 2


def test_an_answer_tells_needs_confidence_and_firm(log, digest, transactions):
    _, conversation = log.start()
    firm = {"sector": {"division": "10", "trade": "boulangerie"}, "company_size": 3}
    say(log, conversation, 1, "un site", understood(("website", "grants"), 0.8, **firm))
    turn = say(log, conversation, 2, "vendre en ligne", understood(("online_store",), 0.7, model="modele-2"))
    row = digest(conversation)
    assert row.needs == ["website", "grants", "online_store"]
    assert (row.lowest_confidence, row.turns, row.active_at) == (0.7, 2, turn.finished_at)
    assert (row.trade, row.headcount, row.model_id, row.doubtful) == ("10", 3, "modele-2", False)
    kept = everything(transactions)
    assert [need for _, need in kept["conversation_needs"]] == ["grants", "online_store", "website"]
    assert [model for _, model in kept["conversation_models"]] == ["modele-1", "modele-2"]


def test_a_guess_is_no_need(log, digest):
    _, conversation = log.start()
    say(log, conversation, 1, "euh", understood(("website",), 0.2, actions=("action_offer_choices",)))
    row = digest(conversation)
    assert (row.doubtful, row.needs, row.lowest_confidence) == (True, None, 0.2)


def test_the_place_at_hand_comes_before_the_page(log, digest):
    _, conversation = log.start(territory=BREST)
    entity = {
        "entity": "location",
        "value": "Morlaix Communauté",
        "additional_info": {**EPCI, "departement": "29", "region": "53"},
    }
    say(log, conversation, 1, "à Morlaix", understood(place=EPCI) | {"entities": [entity]})
    row = digest(conversation)
    assert (row.departement, row.region, row.place) == ("29", "53", "Morlaix Communauté")


@pytest.mark.parametrize("code", ["2A004", "97411"])
def test_islands_have_départements_too(log, digest, code):
    _, conversation = log.start(territory={"level": "commune", "code": code, "name": "Ici"})
    say(log, conversation, 1, "bonjour")
    assert (digest(conversation).departement, digest(conversation).region) == {
        "2A004": ("2A", "94"),
        "97411": ("974", "04"),
    }[code]


def test_a_failure_is_remembered_when_the_answer_came_late(engine, clock, log, digest):
    _, conversation = log.start()
    turn = log.fail(log.receive(conversation, "m1", "un site"), [{"text": "Panne"}], "timeout")
    assert digest(conversation).failed
    log.answer(turn, [CONTACTS], understood())
    assert digest(conversation).failed
    _, other = log.start()
    say(log, other, 1, "un site")
    assert not digest(other).failed
    Waiting(engine, clock).postpone(log.receive(other, "m2", "une aide"), "timeout")
    assert digest(other).failed


def test_the_thumb_that_stands_now_counts(engine, clock, log, digest):
    _, conversation = log.start()
    say(log, conversation, 1, "un site")
    opinions = open_opinions(engine, clock)
    opinions.give(conversation.id, 2, Opinion("down"))
    assert (digest(conversation).thumb_up, digest(conversation).thumb_down) == (False, True)
    opinions.give(conversation.id, 2, Opinion("up"))
    assert (digest(conversation).thumb_up, digest(conversation).thumb_down) == (True, False)


def test_requests_name_the_bodies_that_may_see(engine, clock, log, digest, transactions):
    desk = open_requests(engine, NoMailer(), clock)
    _, conversation = log.start()
    say(log, conversation, 1, "un site")
    made = desk.open(replace(NEW, conversation_id=conversation.id))
    assert (digest(conversation).requests, digest(conversation).request_status) == (1, "new")
    desk.mark(made.reference, "taken")
    assert digest(conversation).request_status == "taken"
    assert everything(transactions)["conversation_bodies"] == [(conversation.id, NEW.recipient.id)]
    desk.open(replace(NEW, conversation_id="nobody-the-record-knows"))


@pytest.fixture
def eventful(engine, clock, log):
    """Conversations in which all happened that a digest tells."""
    desk, opinions = open_requests(engine, NoMailer(), clock), open_opinions(engine, clock)
    made = []
    for number in range(4):
        _, conversation = log.start(territory=BREST if number % 2 else None)
        log.answer(log.open_turn(conversation), [{"text": "Bonjour."}], understood(needs=()))
        say(log, conversation, 1, "un site", understood(("website",), 0.5 + number / 10), BREST)
        failed = log.fail(log.receive(conversation, "m2", "une aide"), [{"text": "Panne"}], "timeout")
        if number > 1:
            log.answer(failed, [CONTACTS], understood(("grants",), 0.9, model="modele-2"))
        opinions.give(conversation.id, 3, Opinion("down"))
        desk.open(replace(NEW, conversation_id=conversation.id))
        made.append(conversation)
    log.start()
    return made


def test_made_anew_they_are_the_same_and_the_review_stays(engine, clock, eventful, transactions):
    with transactions.write() as session:
        session.get(DigestRow, eventful[0].id).review_state = "later"
        session.add(TagRow(conversation_id=eventful[0].id, tag="à relire"))
    before = everything(transactions)
    assert open_digests(engine, clock).make_all() == 4
    assert everything(transactions) == before


def test_many_may_fill_an_empty_record_at_the_same_moment(engine, transactions):
    for _ in range(5):
        with transactions.write() as session:
            session.execute(delete(FillingRow))
        together = threading.Barrier(4)

        def fill(_, together=together):
            together.wait()
            return open_digests(engine).fill()

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(fill, range(4))) == [0, 0, 0, 0]


def test_an_old_record_is_filled_once(engine, clock, eventful, transactions):
    before = everything(transactions)
    with transactions.write() as session:
        of_digests = (ConversationNeedRow, ConversationModelRow, ConversationBodyRow, SignRow, DigestRow)
        for table in (*of_digests, FillingRow):
            session.execute(delete(table))
    assert open_digests(engine, clock).fill() == 4
    assert everything(transactions) == before
    assert open_digests(engine, clock).fill() == 0


def test_words_in_an_old_conversation_make_its_digest(log, eventful, transactions):
    before = everything(transactions)
    with transactions.write() as session:
        for table in (ConversationNeedRow, ConversationModelRow, ConversationBodyRow, DigestRow):
            session.execute(delete(table))
    for conversation in eventful:
        log.receive(conversation, "m1", "la même chose encore une fois")
        log.fail(log.receive(conversation, "m3", "autre chose"), [], "timeout")
    after = everything(transactions)
    assert after["conversation_needs"] == before["conversation_needs"]
    assert len(after["conversation_digests"]) == 4


def test_erasing_takes_digest_and_tags(log, eventful, transactions):
    with transactions.write() as session:
        session.add(TagRow(conversation_id=eventful[0].id, tag="à relire"))
    for conversation in eventful:
        log.delete(conversation)
        assert log.traces(conversation) == 0
    assert set(map(tuple, everything(transactions).values())) == {()}


def test_a_late_answer_is_activity_too(log, digest, clock):
    _, conversation = log.start()
    turn = log.receive(conversation, "m1", "un site")
    clock.now += timedelta(hours=2)
    log.answer(turn, [CONTACTS], understood())
    assert digest(conversation).active_at - digest(conversation).begun_at > timedelta(hours=2)
