"""What became of what owners asked: answers without a good contact, schemes shown, barriers, the way to a person.

All of it is counted by the database, from the signs that turns left (`signs.py`) and from the requests.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations.digest_models import ConversationNeedRow, DigestRow
from conversations.handling_models import RequestHolderRow, SatisfactionRow
from conversations.request_models import RequestRow
from conversations.sight import Sight
from conversations.statistics.counting import Question
from conversations.statistics.models import SignRow
from conversations.statistics.signs import BARRIER, NATIONAL, NOTHING, SCHEME, barriers


@dataclass(frozen=True)
class Answers:
    """By need, in how many conversations an answer named nobody, or national bodies only; and the schemes shown.

    `schemes` are ids and titles with the number of conversations, the most shown first.
    """

    nothing: Mapping[str, int]
    only_national: Mapping[str, int]
    schemes: list[tuple[str, str, int]]


@dataclass(frozen=True)
class People:
    """Requests for advice made in the period. Times are medians in seconds, None without any.

    `answers` are those to the question whether the request was answered well.
    """

    made: int
    taken: int
    replied: int
    until_taken: float | None
    until_replied: float | None
    answers: Mapping[str, int]


@dataclass(frozen=True)
class Following:
    """What became of what owners asked; `barriers` are numbers of conversations, none left out."""

    answers: Answers
    barriers: Mapping[str, int]
    people: People


def followed(session: Session, question: Question, sight: Sight | None) -> Following:
    """Return what followed in the conversations asked for."""
    found: dict[str, dict[str, int]] = {NOTHING: {}, NATIONAL: {}, SCHEME: {}, BARRIER: {}}
    titles: dict[str, str] = {}
    wanted = (
        select(SignRow.kind, SignRow.code, func.max(SignRow.title), func.count())
        .join(DigestRow, DigestRow.conversation_id == SignRow.conversation_id)
        .where(*_conditions(question, sight))
        .group_by(SignRow.kind, SignRow.code)
    )
    for kind, code, title, count in session.execute(wanted):
        found[kind][code] = count
        titles[code] = title
    shown = sorted(found[SCHEME].items(), key=lambda each: (-each[1], each[0]))
    return Following(
        Answers(found[NOTHING], found[NATIONAL], [(code, titles[code], count) for code, count in shown]),
        {name: found[BARRIER].get(name, 0) for name in barriers()},
        people(session, question, sight),
    )


def people(session: Session, question: Question, sight: Sight | None) -> People:
    """Return how long owners waited for a person, and what they thought of it."""
    wanted = (
        select(
            RequestRow.created_at,
            RequestHolderRow.taken_at,
            RequestHolderRow.replied_at,
            SatisfactionRow.answer,
        )
        .join(DigestRow, DigestRow.conversation_id == RequestRow.conversation_id)
        .outerjoin(RequestHolderRow, RequestHolderRow.request_id == RequestRow.id)
        .outerjoin(SatisfactionRow, SatisfactionRow.request_id == RequestRow.id)
        .where(*_conditions(question, sight))
    )
    rows = session.execute(wanted).all()
    taken = [(row.taken_at - row.created_at).total_seconds() for row in rows if row.taken_at]
    replied = [(row.replied_at - row.created_at).total_seconds() for row in rows if row.replied_at]
    return People(
        len(rows),
        len(taken),
        len(replied),
        median(taken) if taken else None,
        median(replied) if replied else None,
        Counter(row.answer for row in rows if row.answer),
    )


def _conditions(question: Question, sight: Sight | None) -> list[Any]:
    """Return the conditions on `DigestRow`; a need is one that was heard in the conversation."""
    if question.need is None:
        return question.conditions(sight)
    heard = select(ConversationNeedRow.need).where(
        ConversationNeedRow.conversation_id == DigestRow.conversation_id,
        ConversationNeedRow.need == question.need,
    )
    return [heard.exists(), *question.of_all_needs().conditions(sight)]
