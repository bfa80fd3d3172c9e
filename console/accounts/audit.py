"""The changes of rights, as administrators read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from console.accounts.models import AccountRow, AuditRow
from conversations.transactions import Transactions

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Entry:
    """One change. `actor` is the name of who made it, None for an operator's command; `changed` holds what differs."""

    at: datetime
    actor: str | None
    what: str
    changed: Mapping[str, tuple[Any, Any]]


class Audit:
    """Lines are added where the changes are made (`note`), in the same transaction."""

    def __init__(self, transactions: Transactions, clock: Clock, kept: timedelta) -> None:
        self._transactions = transactions
        self._clock = clock
        self._kept = kept

    def of(self, account_id: str, most: int = 100) -> list[Entry]:
        """Return the latest changes of an account, the latest first."""
        lines = select(AuditRow, AccountRow.name).outerjoin(AccountRow, AccountRow.id == AuditRow.actor_id)
        mine = lines.where(AuditRow.account_id == account_id).order_by(AuditRow.id.desc()).limit(most)
        with self._transactions.read() as session:
            return [
                Entry(row.at, name, row.what, _changed(row.before or {}, row.after or {}))
                for row, name in session.execute(mine)
            ]

    def purge(self) -> int:
        """Delete the lines that are older than they are kept; return how many."""
        with self._transactions.write() as session:
            return session.execute(delete(AuditRow).where(AuditRow.at < self._clock() - self._kept)).rowcount


def note(
    session: Session,
    at: datetime,
    actor: str | None,
    account_id: str,
    what: str,
    before: Any = None,
    after: Any = None,
) -> None:
    """Add a line to the audit, within the caller's transaction; `what` is a key of `audit` in wording.yml."""
    session.add(AuditRow(at=at, actor_id=actor, account_id=account_id, what=what, before=before, after=after))


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {key: (before.get(key), after[key]) for key in after if before.get(key) != after[key]}
