"""What owners agreed to: the words that were shown to them, and when they said yes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, literal, select, union_all
from sqlalchemy.sql import Select

from conversations.interest_models import InterestRow
from conversations.request_models import RequestRow
from conversations.transactions import Transactions

REQUEST, INTEREST = "request", "interest"


@dataclass(frozen=True)
class Consent:
    """A yes: to a request for advice (`subject` is its reference) or to an interest (its id)."""

    kind: str
    subject: str
    conversation_id: str
    words: str
    at: datetime


class Consents:
    """The consents that stand: each goes with what it was given for. Calls raise RecordUnreachable."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def listed(self, before: datetime | None = None, limit: int = 100) -> list[Consent]:
        """Return consents given before a moment, the latest first."""
        given = union_all(
            _given(REQUEST, RequestRow.reference, RequestRow),
            _given(INTEREST, InterestRow.id, InterestRow),
        ).subquery()
        wanted = select(given).order_by(given.c.consent_at.desc(), given.c.subject).limit(limit)
        if before is not None:
            wanted = wanted.where(given.c.consent_at < before)
        with self._transactions.read() as session:
            return [Consent(*row) for row in session.execute(wanted)]


def _given(kind: str, subject: Any, table: Any) -> Select:
    """Return one table's consents in the columns that both share."""
    return select(
        literal(kind).label("kind"),
        cast(subject, Text).label("subject"),
        table.conversation_id,
        table.consent,
        table.consent_at,
    )
