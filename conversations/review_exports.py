"""Which approved messages left the record, when and for whom, so that an erasure tells what is to be made again."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations.review_candidates import candidate_view
from conversations.review_models import CandidateRow, ExportLineRow, ExportRow
from conversations.review_views import APPROVED, Candidate, Export, Who
from conversations.tokens import new_id
from conversations.transactions import Transactions

FILES, MODEL = "files", "model"


class Exports:
    """Exports of approved messages. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def make(self, kind: str, who: Who) -> tuple[Export, list[Candidate]]:
        """Write down an export of all that is approved now; return it with its messages."""
        approved = select(CandidateRow).where(CandidateRow.state == APPROVED)
        with self._transactions.write() as session:
            rows = session.scalars(approved.order_by(CandidateRow.decided_at, CandidateRow.id)).all()
            row = ExportRow(
                id=new_id(),
                kind=kind,
                lines=len(rows),
                account_id=who.account_id,
                account_name=who.name,
                at=self._clock(),
            )
            session.add(row)
            session.flush()
            session.add_all(
                ExportLineRow(export_id=row.id, candidate_id=each.id, conversation_id=each.conversation_id)
                for each in rows
            )
            session.flush()
            return _view(session, row), [candidate_view(each) for each in rows]

    def messages(self, export_id: str) -> list[Candidate]:
        """Return the messages of an export, those erased since left out."""
        held = select(CandidateRow).join(ExportLineRow, ExportLineRow.candidate_id == CandidateRow.id)
        mine = held.where(ExportLineRow.export_id == export_id)
        with self._transactions.read() as session:
            return [candidate_view(each) for each in session.scalars(mine.order_by(CandidateRow.id))]

    def listed(self, limit: int = 20) -> list[Export]:
        """Return the exports, the latest first."""
        latest = select(ExportRow).order_by(ExportRow.at.desc(), ExportRow.id).limit(limit)
        with self._transactions.read() as session:
            return [_view(session, row) for row in session.scalars(latest)]

    def stale(self) -> list[Export]:
        """Return the exports that hold a message of a conversation erased since, the latest first."""
        left = select(func.count()).where(ExportLineRow.export_id == ExportRow.id).scalar_subquery()
        cut = select(ExportRow).where(left < ExportRow.lines).order_by(ExportRow.at.desc(), ExportRow.id)
        with self._transactions.read() as session:
            return [_view(session, row) for row in session.scalars(cut)]


def _view(session: Session, row: ExportRow) -> Export:
    left: Sequence[str] = session.scalars(
        select(ExportLineRow.candidate_id)
        .where(ExportLineRow.export_id == row.id)
        .order_by(ExportLineRow.candidate_id)
    ).all()
    who = Who(row.account_id, row.account_name)
    return Export(row.id, row.kind, row.lines, who, row.at, row.lines - len(left), tuple(left))
