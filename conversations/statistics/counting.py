"""Counts of conversations, asked of the digests: the database groups them, tables are added up from the groups."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql import CompoundSelect, Select

from conversations.areas import area_of
from conversations.digest_models import ConversationNeedRow, DigestRow
from conversations.sight import Sight, visible
from conversations.statistics.tables import (
    NO_NEED,
    OUTCOMES,
    SIZE,
    TRADE,
    UNKNOWN,
    Area,
    Cell,
    Tally,
    tally,
)

PARIS = ZoneInfo("Europe/Paris")
AREA, DAY = "area", "day"
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


@dataclass(frozen=True)
class Counts:
    """How many conversations there are, the counts of all tables, and those by day (of UTC) and need."""

    conversations: int
    cells: Mapping[Cell, int]
    days: Mapping[tuple[date, str], int]


def begins(day: date) -> datetime:
    """Return the moment at which a day begins in Paris."""
    return datetime.combine(day, time(), PARIS)


def counted(session: Session, question: Question, sight: Sight | None) -> Counts:
    """Return all counts, from one pass over the conversations."""
    areas: list[Area] = []
    sizes: Tally = Counter()
    trades: Tally = Counter()
    days: Counter[tuple[date, str]] = Counter()
    for table, row, region, need, count, *outcomes in session.execute(_by_table(session, question, sight)):
        if table == AREA:
            where = row if row or not region else f"R{region}"
            inside = region_of(where) or region
            areas.append(Area(where, inside, need, count, dict(zip(OUTCOMES, outcomes, strict=True))))
        elif table == DAY:
            days[date.fromisoformat(row), need] += count
        else:
            (sizes if table == SIZE else trades)[row, need] += count
    return Counts(_conversations(session, question, sight), tally(areas, sizes, trades), dict(days))


def _conversations(session: Session, question: Question, sight: Sight | None) -> int:
    wanted = select(func.count()).select_from(DigestRow)
    # Of one need there is one row a conversation; of all of them nothing need be joined.
    wanted = wanted if question.need is None else _joined(wanted)
    return session.scalar(wanted.where(*question.conditions(sight))) or 0


def _by_table(session: Session, question: Question, sight: Sight | None) -> CompoundSelect:
    """Return the statement that gives the groups of each table: table, row, région, need, count, outcomes.

    The conversations are looked up once, and grouped by each table from there: grouped by all at once, they would
    make almost as many groups as there are conversations.
    """
    columns = {"departement": DigestRow.departement, "region": DigestRow.region, "trade": DigestRow.trade}
    known = [func.coalesce(column, UNKNOWN).label(name) for name, column in columns.items()]
    flags = [case((_OUTCOMES[outcome], 1), else_=0).label(outcome) for outcome in OUTCOMES]
    day = _day(session).label("day")
    found = _joined(select(*known, _SIZE.label("size"), day, _NEED.label("need"), *flags))
    said = found.where(*question.conditions(sight)).cte("said").c
    none = literal(UNKNOWN)
    sums = [func.sum(said[outcome]) for outcome in OUTCOMES]
    zeros = [literal(0) for _ in OUTCOMES]
    areas = select(literal(AREA), said.departement, said.region, said.need, func.count(), *sums)
    return union_all(
        areas.group_by(said.departement, said.region, said.need),
        *(
            select(literal(table), column, none, said.need, func.count(), *zeros).group_by(column, said.need)
            for table, column in ((SIZE, said.size), (TRADE, said.trade), (DAY, said.day))
        ),
    )


def _day(session: Session) -> Any:
    """Return the day of UTC on which a conversation began, « 2026-11-20 »."""
    if session.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", DigestRow.begun_at), "YYYY-MM-DD")
    return func.date(DigestRow.begun_at)


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
