"""Which model answers owners, by whose decision and why."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from conversations.model_run_models import ModelDecisionRow
from conversations.model_run_views import Decision, Kind
from conversations.review_views import Who
from conversations.tokens import new_id
from conversations.transactions import Transactions


class ModelDecisions:
    """The history of decisions. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def note(
        self, kind: Kind, who: Who, reason: str, model: str | None, run_id: str | None = None
    ) -> Decision:
        """Write a decision down before it is carried out; raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("a decision needs a reason")
        row = ModelDecisionRow(id=new_id(), kind=kind, run_id=run_id, model=model, reason=reason.strip())
        row.account_id, row.account_name, row.at, row.outcome = (
            who.account_id,
            who.name,
            self._clock(),
            "asked",
        )
        with self._transactions.write() as session:
            session.add(row)
        return _view(row)

    def settle(self, decision_id: str, failure: str | None = None) -> None:
        """Write down that it was carried out, or in one word why not."""
        with self._transactions.write() as session:
            row = session.get(ModelDecisionRow, decision_id)
            row.outcome, row.failure = ("failed", failure) if failure else ("done", None)

    def listed(self, limit: int = 50) -> list[Decision]:
        """Return the decisions, the latest first."""
        latest = (
            select(ModelDecisionRow).order_by(ModelDecisionRow.at.desc(), ModelDecisionRow.id).limit(limit)
        )
        with self._transactions.read() as session:
            return [_view(row) for row in session.scalars(latest)]


def _view(row: ModelDecisionRow) -> Decision:
    who = Who(row.account_id, row.account_name)
    return Decision(
        row.id, row.kind, row.run_id, row.model, who, row.reason, row.at, row.outcome, row.failure
    )
