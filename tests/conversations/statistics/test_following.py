"""What became of what owners asked; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.digest_models import DigestRow
from conversations.handling_models import RequestHolderRow, SatisfactionRow
from conversations.models import BotMessageRow, TurnRow
from conversations.request_models import RequestRow
from conversations.statistics import signs
from conversations.transactions import Transactions
from tests.conversations.statistics.conftest import OCTOBER
from tests.conversations.statistics.test_counting import MONTH, Sight


@pytest.fixture
def say(engine):
    """Add a turn to each conversation of a département, with what was understood and answered."""

    def say(departement, intent="need_website", custom=None):
        with Transactions(engine).write() as session:
            owners = select(DigestRow.conversation_id).where(DigestRow.departement == departement)
            for owner in session.scalars(owners).all():
                known = session.query(BotMessageRow).filter_by(conversation_id=owner).count()
                key = f"{owner[-20:]}t{known}"
                understood = {"intent": {"name": intent, "confidence": 0.9}}
                session.add(
                    TurnRow(
                        id=key,
                        conversation_id=owner,
                        state="answered",
                        understood=understood,
                        received_at=OCTOBER,
                    )
                )
                session.flush()
                said = {"text": "…", "custom": custom, "at": OCTOBER, "position": known + 1}
                session.add(BotMessageRow(conversation_id=owner, turn_id=key, **said))
                signs.take(session, session.get(TurnRow, key), needs=())

    return say


@pytest.fixture
def ask(engine):
    """Make a request in one conversation of a département."""

    def ask(departement, taken=None, replied=None, answer=None):
        with Transactions(engine).write() as session:
            owner = session.scalar(
                select(DigestRow.conversation_id).where(DigestRow.departement == departement)
            )
            number = session.query(RequestRow).count()
            key = f"r{number:031}"
            recipient = {
                "recipient_id": "cma-29",
                "recipient_name": "CMA",
                "consent": "oui",
                "consent_at": OCTOBER,
            }
            times = {"created_at": OCTOBER, "changed_at": OCTOBER, "reminders_sent": 0}
            session.add(
                RequestRow(
                    id=key,
                    conversation_id=owner,
                    reference=key[-8:],
                    status="new",
                    summary="…",
                    **recipient,
                    **times,
                )
            )
            session.flush()
            if taken is not None:
                moments = {"taken_at": OCTOBER + timedelta(hours=taken), "reminders_sent": 0}
                moments["replied_at"] = None if replied is None else OCTOBER + timedelta(hours=replied)
                session.add(
                    RequestHolderRow(
                        request_id=key,
                        conversation_id=owner,
                        account_id="a",
                        name="A",
                        email="a@b.fr",
                        **moments,
                    )
                )
            if answer:
                session.add(
                    SatisfactionRow(
                        request_id=key, conversation_id=owner, token_hash=key, asked_at=OCTOBER, answer=answer
                    )
                )

    return ask


def contacts(*levels, need="website"):
    return {"type": "contacts", "need": need, "items": [{"id": "b", "level": level} for level in levels]}


def funding(*ids):
    return {
        "type": "funding",
        "need": "grants",
        "items": [{"id": each, "title": each.upper()} for each in ids],
    }


def test_answers_that_name_nobody_or_national_bodies_only(statistics, write, say):
    write(2, departement="29")
    write(3, departement="35")
    say("29", custom=contacts())
    say("29", custom=contacts())  # the same conversation counts once
    say("35", custom=contacts("national", "national"))
    say("35", custom=contacts("national", "departement", need="grants"))
    found = statistics.following(MONTH, None).answers
    assert (found.nothing, found.only_national) == ({"website": 2}, {"website": 3})


def test_schemes_are_counted_by_conversation(statistics, write, say):
    write(2, departement="29")
    write(1, departement="35")
    say("29", custom=funding("a", "b"))
    say("29", custom=funding("a"))
    say("35", custom=funding("b"))
    assert statistics.following(MONTH, None).answers.schemes == [("b", "B", 3), ("a", "A", 2)]


def test_barriers_are_heard_in_needs_and_acts(statistics, write, say):
    write(2, departement="29", needs=("loans", "grants"))
    write(1, departement="35", needs=("website",))
    say("35", intent="payment_worries")
    write(1, departement="75", needs=("training",))
    say("75", intent="ask_cost")
    assert statistics.following(MONTH, None).barriers == {"money": 3, "skills": 1, "payment": 1}


def test_the_time_to_a_person_is_a_median(statistics, write, ask):
    write(4, departement="29")
    ask("29", taken=2, replied=10, answer="yes")
    ask("29", taken=4, answer="no")
    ask("29", taken=30, replied=40, answer="yes")
    ask("29")
    found = statistics.following(MONTH, None).people
    assert (found.made, found.taken, found.replied) == (4, 3, 2)
    assert (found.until_taken, found.until_replied) == (4 * 3600, 25 * 3600)
    assert found.answers == {"yes": 2, "no": 1}


def test_without_anything_nothing_is_said(statistics):
    found = statistics.following(MONTH, None)
    assert (found.people.until_taken, found.answers.schemes, found.barriers["money"]) == (None, [], 0)


def test_a_viewer_sees_what_followed_in_what_they_may_read(statistics, write, say, ask):
    write(1, departement="35")
    say("35", intent="payment_worries", custom=funding("a"))
    ask("35", taken=1)
    own = statistics.following(MONTH, Sight(departments=frozenset({"29"})))
    assert own.answers.schemes == []
    assert own.barriers == {"money": 0, "skills": 0, "payment": 0}
    assert own.people.made == 0


def test_a_need_narrows_to_conversations_in_which_it_was_heard(statistics, write, say):
    write(1, departement="29", needs=("website", "loans"))
    write(1, departement="35", needs=("payroll",))
    say("29", custom=funding("a"))
    say("35", custom=funding("a"))
    found = statistics.following(replace(MONTH, need="website"), None)
    assert found.answers.schemes == [("a", "A", 1)]
    assert found.barriers["money"] == 1


def test_what_was_said_before_is_noted_once(statistics, write, say):
    write(1, departement="29", needs=())
    for _ in range(2):
        say("29", intent="ask_cost", custom=funding("a", "a"))
    found = statistics.following(MONTH, None)
    assert (found.barriers["money"], found.answers.schemes) == (1, [("a", "A", 1)])


@pytest.mark.parametrize(
    "card",
    [
        None,
        {},
        {"type": "advisor", "need": "website", "items": []},
        {"type": "contacts", "items": []},
        {"type": "contacts", "need": "website", "items": [{"level": "national"}, {}]},
        {"type": "funding", "need": "grants", "items": ["a", {"title": "without an id"}]},
    ],
)
def test_other_answers_say_nothing(statistics, write, say, card):
    write(1, departement="29", needs=())
    say("29", intent="thank", custom=card)
    found = statistics.following(MONTH, None).answers
    assert (found.nothing, found.only_national, found.schemes) == ({}, {}, [])
