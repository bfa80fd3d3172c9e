"""Counts of conversations, asked of the digests: the database groups them, tables are added up from the groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from conversations.areas import area_of
from conversations.digest_models import ConversationNeedRow, DigestRow
from conversations.sight import Sight, visible
from conversations.statistics.tables import NO_NEED, OUTCOMES, UNKNOWN, Group

PARIS = ZoneInfo("Europe/Paris")
_NEED = func.coalesce(ConversationNeedRow.need, NO_NEED)
_SIZE = case(
    (DigestRow.headcount.is_(None), UNKNOWN),
    (DigestRow.headcount < 1, "0"),
    (DigestRow.headcount < 10, "1-9"),
    (DigestRow.headcount < 50, "10-49"),
    else_="50+",
)
_OUTCOMES = {
    "doubtful": DigestRow.doubtful,
    "failed": DigestRow.failed,
    "thumb_up": DigestRow.thumb_up,
    "thumb_down": DigestRow.thumb_down,
    "requested": DigestRow.requests > 0,
}


@dataclass(frozen=True)
class Question:
    """Which conversations are counted: those that began from the day `since` to the day `until`, both included.

    Days are those of Paris. `need`, `region` and `departement` narrow it; None asks nothing.
    """

    since: date
    until: date
    need: str | None = None
    region: str | None = None
    departement: str | None = None

    def of_all_needs(self) -> "Question":
        """Return the same question of all needs."""
        return replace(self, need=None)

    def conditions(self, sight: Sight | None) -> list[Any]:
        """Return the conditions on `DigestRow`, with those of what may be seen."""
        found = [
            DigestRow.begun_at >= begins(self.since),
            DigestRow.begun_at < begins(self.until + timedelta(1)),
        ]
        if self.region is not None:
            found.append(DigestRow.region == self.region)
        if self.departement is not None:
            found.append(DigestRow.departement == self.departement)
        if self.need is not None:
            found.append(self.need == _NEED)
        return found + visible(sight)


def begins(day: date) -> datetime:
    """Return the moment at which a day begins in Paris."""
    return datetime.combine(day, time(), PARIS)


def conversations(session: Session, question: Question, sight: Sight | None) -> int:
    """Return how many conversations there are."""
    wanted = _joined(select(func.count(func.distinct(DigestRow.conversation_id))))
    return session.scalar(wanted.where(*question.conditions(sight))) or 0


def groups(session: Session, question: Question, sight: Sight | None) -> list[Group]:
    """Return the conversations, grouped by all that is counted."""
    keys = (
        func.coalesce(DigestRow.departement, UNKNOWN),
        func.coalesce(DigestRow.region, UNKNOWN),
        func.coalesce(DigestRow.trade, UNKNOWN),
        _SIZE,
        _NEED,
    )
    flags = [func.sum(case((_OUTCOMES[outcome], 1), else_=0)) for outcome in OUTCOMES]
    wanted = _joined(select(*keys, func.count(), *flags)).where(*question.conditions(sight)).group_by(*keys)
    return [
        Group(row[0], region_of(row[0]) or row[1], *row[2:6], dict(zip(OUTCOMES, row[6:], strict=True)))
        for row in session.execute(wanted)
    ]


def by_day(session: Session, question: Question, sight: Sight | None) -> dict[tuple[date, str], int]:
    """Return the conversations by day (of UTC) and need."""
    moment = DigestRow.begun_at
    if session.get_bind().dialect.name == "postgresql":
        moment = func.timezone("UTC", moment)
    day = func.date(moment)
    wanted = _joined(select(day, _NEED, func.count())).where(*question.conditions(sight))
    counted: Counter[tuple[date, str]] = Counter()
    for at, need, count in session.execute(wanted.group_by(day, _NEED)):
        counted[at if isinstance(at, date) else date.fromisoformat(at), need] += count
    return dict(counted)


def regions_of(departements: Sequence[str]) -> dict[str, str]:
    """Return the région of each row of the départements' table."""
    return {row: region_of(row) for row in departements}


def region_of(row: str) -> str:
    """Return the région of a row of the départements; unknown where it lies in none."""
    if row.startswith("R"):
        return row[1:]
    return area_of({"level": "departement", "code": row}).region or UNKNOWN


def _joined(statement: Select) -> Select:
    same = ConversationNeedRow.conversation_id == DigestRow.conversation_id
    return statement.select_from(DigestRow).outerjoin(ConversationNeedRow, same)
