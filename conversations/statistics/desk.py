"""The statistics of a record: exact counts for those who may read what is counted, published months for everybody."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from conversations import store
from conversations.digest_models import DigestRow
from conversations.sight import Sight
from conversations.statistics import counting
from conversations.statistics.counting import PARIS, Counts, Question
from conversations.statistics.following import Following, followed
from conversations.statistics.models import MonthRow
from conversations.statistics.suppression import hidden
from conversations.statistics.tables import DEPARTEMENT, REST, Cell, sums_of, territorial
from conversations.transactions import Transactions

MEMORY = "64MB"  # of the server for one step of a count; what has no room there goes through the disk
MOST_MONTHS = 24  # of the past that are made up for at once


@dataclass(frozen=True)
class Month:
    """A month as it is given to everybody; what is not in `counts` is small, or hidden for the sake of a small one."""

    month: str
    counts: Mapping[Cell, int]


class Statistics:
    """The counts. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def today(self) -> date:
        """Return the present day in Paris."""
        return self._clock().astimezone(PARIS).date()

    def counts(self, question: Question, sight: Sight | None) -> Counts:
        """Return the exact counts of what may be seen."""
        with self._counting() as session:
            return counting.counted(session, question, sight)

    def following(self, question: Question, sight: Sight | None) -> Following:
        """Return what became of what owners asked, exactly, within what may be seen."""
        with self._counting() as session:
            return followed(session, question, sight)

    def months(self) -> list[Month]:
        """Return the published months, the latest first."""
        with self._transactions.read() as session:
            rows = session.scalars(select(MonthRow).order_by(MonthRow.month.desc())).all()
            return [
                Month(row.month, {Cell(table, code, need): count for table, code, need, count in row.cells})
                for row in rows
            ]

    def publish(self) -> list[str]:
        """Count each month that has ended and was not counted yet; return which, « 2026-11 ».

        A month that was counted stays as it is, whatever is erased or comes in later.
        """
        with self._transactions.read() as session:
            due = self._due(session)
        return [_name(first) for first in due if self._publish(first)]

    def _publish(self, first: date) -> bool:
        """Count a month and keep it; False where somebody else kept it meanwhile. Nobody waits while it is counted."""
        with self._counting() as session:
            cells = given(session, Question(first, _last_day(first)))
        with self._transactions.write() as session:
            store.one_at_a_time(session.connection())
            if session.get(MonthRow, _name(first)) is not None:
                return False
            session.add(MonthRow(month=_name(first), made_at=self._clock(), cells=cells))
            return True

    @contextmanager
    def _counting(self) -> Iterator[Session]:
        """Give a session to count in, with room for a year of conversations in memory where the server asks for it."""
        with self._transactions.read() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.execute(text(f"SET LOCAL work_mem = '{MEMORY}'"))
                session.execute(text("SET LOCAL jit = off"))  # compiling takes longer than it saves
            yield session

    def _due(self, session: Session) -> list[date]:
        oldest = session.scalar(select(func.min(DigestRow.begun_at)))
        if oldest is None:
            return []
        known = set(session.scalars(select(MonthRow.month)))
        first, due = oldest.astimezone(PARIS).date().replace(day=1), []
        this = self.today().replace(day=1)
        while first < this:
            if _name(first) not in known:
                due.append(first)
            first = _last_day(first) + timedelta(1)
        return due[-MOST_MONTHS:]


def given(session: Session, question: Question) -> list[list]:
    """Return the counts of a period that may be given to everybody, as they are kept."""
    counts = counting.counted(session, question, None).cells
    departements = [cell.row for cell in counts if cell.table == DEPARTEMENT]
    regions = counting.regions_of(departements)
    never = [cell for cell in counts if cell.table == REST]
    concealed = hidden(counts, sums_of(counts, regions), territorial(counts), never)
    return [[*cell, count] for cell, count in sorted(counts.items()) if cell not in concealed]


def _name(first: date) -> str:
    return f"{first:%Y-%m}"


def _last_day(first: date) -> date:
    return (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
