"""Trainings asked for and what became of them: the console asks, a process of its own works, both read the record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conversations.errors import RecordClash
from conversations.model_run_models import ModelRunRow
from conversations.model_run_views import DONE, FAILED, QUEUED, RUNNING, Run
from conversations.review_views import Who
from conversations.tokens import new_id
from conversations.transactions import Transactions

# A runner gives a sign of life every few seconds; without any for so long it is gone.
SILENCE = timedelta(minutes=2)
LONGEST_LOG = 20_000
STOPPED = "stopped"


class RunUnderWay(Exception):
    """One training at a time, and there is one already."""


class UnknownRun(LookupError):
    """No training answers to this id, or it is not in the state that the call needs."""


class ModelRuns:
    """Trainings, one short transaction a call.

    Every call raises RecordUnreachable when the database does not answer.
    """

    def __init__(
        self, transactions: Transactions, clock: Callable[[], datetime], silence: timedelta = SILENCE
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._silence = silence

    def ask(self, export_id: str, why: str, who: Who) -> Run:
        """Ask for a training with the messages of an export; raises RunUnderWay."""
        now = self._clock()
        self.expire()
        row = ModelRunRow(id=new_id(), state=QUEUED, active=1, export_id=export_id, why=why, log="")
        row.account_id, row.account_name, row.asked_at, row.beat_at = who.account_id, who.name, now, now
        try:
            with self._transactions.write() as session:
                session.add(row)
        except RecordClash:
            raise RunUnderWay from None
        return _view(row)

    def begin(self, run_id: str) -> Run:
        """Take a training on, for the process that runs it; raises UnknownRun unless it waits."""
        with self._transactions.write() as session:
            row = _active(session, run_id, QUEUED)
            row.state, row.started_at, row.beat_at = RUNNING, self._clock(), self._clock()
            return _view(row)

    def beat(self, run_id: str, step: str, log: str) -> None:
        """Give a sign of life with what is done now and the end of the log; raises UnknownRun once it was given up."""
        with self._transactions.write() as session:
            row = _active(session, run_id, RUNNING)
            row.step, row.log, row.beat_at = step, log[-LONGEST_LOG:], self._clock()

    def done(self, run_id: str, present: str, candidate: str, base: str, report: dict[str, Any]) -> None:
        """Keep what the comparison of both models found; raises UnknownRun once it was given up."""
        with self._transactions.write() as session:
            row = _active(session, run_id, RUNNING)
            row.present_model, row.candidate_model, row.base, row.report = present, candidate, base, report
            _end(row, DONE, self._clock())

    def failed(self, run_id: str, failure: str, log: str = "") -> None:
        """Keep why a training failed, in one word; nothing happens to one that has ended."""
        with self._transactions.write() as session:
            row = session.get(ModelRunRow, run_id, with_for_update=True)
            if row is not None and row.active:
                row.failure, row.log = failure, log[-LONGEST_LOG:] or row.log
                _end(row, FAILED, self._clock())

    def expire(self) -> int:
        """Give up the training whose process is gone; return how many those were."""
        silent = (ModelRunRow.active == 1) & (ModelRunRow.beat_at < self._clock() - self._silence)
        gone = {"state": FAILED, "active": None, "failure": STOPPED, "ended_at": self._clock()}
        with self._transactions.write() as session:
            found = session.execute(update(ModelRunRow).where(silent).values(gone))
            return found.rowcount

    def by_id(self, run_id: str) -> Run:
        """Return the training; raises UnknownRun."""
        with self._transactions.read() as session:
            row = session.get(ModelRunRow, run_id)
            if row is None:
                raise UnknownRun(run_id)
            return _view(row)

    def listed(self, limit: int = 20) -> list[Run]:
        """Return the trainings, the latest first."""
        latest = select(ModelRunRow).order_by(ModelRunRow.asked_at.desc(), ModelRunRow.id).limit(limit)
        with self._transactions.read() as session:
            return [_view(row) for row in session.scalars(latest)]


def _active(session: Session, run_id: str, state: str) -> ModelRunRow:
    row = session.get(ModelRunRow, run_id, with_for_update=True)
    if row is None or row.state != state:
        raise UnknownRun(run_id)
    return row


def _end(row: ModelRunRow, state: str, at: datetime) -> None:
    row.state, row.active, row.ended_at = state, None, at


def _view(row: ModelRunRow) -> Run:
    return Run(
        id=row.id,
        state=row.state,
        export_id=row.export_id,
        why=row.why,
        who=Who(row.account_id, row.account_name),
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        step=row.step,
        log=row.log or "",
        failure=row.failure,
        present_model=row.present_model,
        candidate_model=row.candidate_model,
        base=row.base,
        report=row.report,
    )
