"""What became of what owners asked: answers without a good contact, schemes shown, barriers, the way to a person.

Exact, of the conversations that may be read. All of it is read from the conversations themselves, so that many of them
take long: `MOST` is where to stop.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from conversations.digest_models import ConversationNeedRow, DigestRow
from conversations.handling_models import RequestHolderRow, SatisfactionRow
from conversations.models import BotMessageRow, TurnRow
from conversations.request_models import RequestRow
from conversations.sight import Sight
from conversations.statistics.counting import Question

FILE = Path(__file__).with_name("barriers.yml")
MOST = 20_000  # conversations that are read through at once
NATIONAL = "national"
_AT_ONCE = 500


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


def answers(session: Session, question: Question, sight: Sight | None) -> Answers:
    """Read the answers through."""
    kind = BotMessageRow.custom["type"].as_string()
    wanted = (
        select(BotMessageRow.conversation_id, BotMessageRow.custom)
        .join(DigestRow, DigestRow.conversation_id == BotMessageRow.conversation_id)
        .where(kind.in_(("contacts", "funding")), *_conditions(question, sight))
    )
    nothing, national = defaultdict(set), defaultdict(set)
    shown: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    for owner, custom in session.execute(wanted.execution_options(yield_per=_AT_ONCE)):
        items = [each for each in custom.get("items") or [] if isinstance(each, dict)]
        need = custom.get("need")
        if need and not items:
            nothing[need].add(owner)
        elif need and custom["type"] == "contacts" and all(each.get("level") == NATIONAL for each in items):
            national[need].add(owner)
        for key, title in _schemes(custom, items):
            shown[key].add(owner)
            titles[key] = title
    counted = Counter({key: len(owners) for key, owners in shown.items()})
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return Answers(_sizes(nothing), _sizes(national), [(key, titles[key], count) for key, count in ordered])


def barriers(session: Session, question: Question, sight: Sight | None) -> dict[str, int]:
    """Return in how many conversations each barrier was heard."""
    counted = {}
    for name, heard in _barriers().items():
        same = DigestRow.conversation_id
        need = select(ConversationNeedRow.need).where(
            ConversationNeedRow.conversation_id == same, ConversationNeedRow.need.in_(heard["needs"])
        )
        act = select(TurnRow.id).where(
            TurnRow.conversation_id == same,
            TurnRow.understood[("intent", "name")].as_string().in_(heard["acts"]),
        )
        wanted = select(func.count()).select_from(DigestRow)
        counted[name] = session.scalar(
            wanted.where(or_(need.exists(), act.exists()), *_conditions(question, sight))
        )
    return counted


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


def _schemes(custom: Mapping[str, Any], items: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    if custom["type"] == "funding":
        for each in items:
            if each.get("id"):
                yield str(each["id"]), str(each.get("title") or each["id"])


def _sizes(found: Mapping[str, set[str]]) -> dict[str, int]:
    return {need: len(owners) for need, owners in found.items()}


@lru_cache(maxsize=1)
def _barriers() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))
