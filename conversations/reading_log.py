"""Who read what of an owner, when and what for: written by the console, read by whoever must answer for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.sql import Select

from conversations.erasures import digest_of
from conversations.privacy_models import ReadRow
from conversations.transactions import Transactions

# What can be read.
CONVERSATION, REQUEST, INTEREST, EXPORT = "conversation", "request", "interest", "export"
MOST_PURPOSE = 200


@dataclass(frozen=True)
class Read:
    """That an account read one thing; `id` grows with each. The id of a thing erased since is a digest."""

    id: int
    account_id: str
    what: str
    subject_id: str
    purpose: str
    at: datetime


class ReadingLog:
    """The log, which only grows. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def record_read(self, account_id: str, what: str, subject_id: str, purpose: str) -> None:
        """Write down that an account reads something now, before it is shown."""
        with self._transactions.write() as session:
            session.add(
                ReadRow(
                    account_id=account_id,
                    what=what,
                    subject_id=subject_id,
                    purpose=purpose[:MOST_PURPOSE],
                    at=self._clock(),
                )
            )

    def of_subject(self, what: str, subject_id: str, limit: int = 100) -> list[Read]:
        """Return who read this thing, erased since or not, the latest first."""
        names = (subject_id, digest_of(subject_id))
        return self._listed(select(ReadRow).where(ReadRow.what == what, ReadRow.subject_id.in_(names)), limit)

    def listed(
        self, account_id: str | None = None, before: int | None = None, limit: int = 100
    ) -> list[Read]:
        """Return what was read, by one account or by all, the latest first; `before` is the id to go on from."""
        wanted = select(ReadRow)
        if account_id is not None:
            wanted = wanted.where(ReadRow.account_id == account_id)
        if before is not None:
            wanted = wanted.where(ReadRow.id < before)
        return self._listed(wanted, limit)

    def _listed(self, wanted: Select, limit: int) -> list[Read]:
        with self._transactions.read() as session:
            rows = session.scalars(wanted.order_by(ReadRow.id.desc()).limit(limit))
            return [
                Read(row.id, row.account_id, row.what, row.subject_id, row.purpose, row.at) for row in rows
            ]
