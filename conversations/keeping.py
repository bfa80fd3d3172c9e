"""The kinds of things that are kept for a time, and how they stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from conversations.channel_models import SeenEventRow
from conversations.interest_models import InterestRow
from conversations.models import ConversationRow
from conversations.privacy_models import ErasureRow, ListReadRow, PurgeReportRow, ReadRow
from conversations.request_models import OutboxRow, RequestRow
from conversations.review_models import ExportLineRow, ExportRow
from conversations.transactions import Transactions

# Traces of who did what, by kind. Their tables have a column `at`.
TRACES = {"read": ReadRow, "export": ExportRow, "erasure": ErasureRow, "purge_report": PurgeReportRow}

# What goes with a trace: the columns that name it in tables of their own.
_PARTS = {"read": (ListReadRow.__table__.c.read_id,), "export": (ExportLineRow.__table__.c.export_id,)}


@dataclass(frozen=True)
class Standing:
    """How one kind stands: it is kept `days`; `due` of it are older, the oldest that is there is of `oldest`."""

    kind: str
    days: int
    due: int
    oldest: datetime | None


@dataclass(frozen=True)
class Kind:
    """One kind: its rows, the moment that their age is counted from, and how long they are kept."""

    name: str
    moment: Any
    kept: timedelta
    only: Any = None

    def standing(self, session: Session, now: datetime) -> Standing:
        """Return how the kind stands now."""
        oldest, due = select(func.min(self.moment)), select(func.count(self.moment))
        due = due.where(self.moment < now - self.kept)
        if self.only is not None:
            oldest, due = oldest.where(self.only), due.where(self.only)
        return Standing(self.name, self.kept.days, session.scalar(due), session.scalar(oldest))


def kinds_of(conversations: timedelta, requests: timedelta, traces: timedelta, seen: timedelta) -> list[Kind]:
    """Return the kinds in the order in which they are deleted."""
    return [
        Kind("request", RequestRow.changed_at, requests),
        Kind("interest", InterestRow.consent_at, requests),
        Kind("mail", OutboxRow.created_at, conversations, OutboxRow.request_id.is_(None)),
        Kind("seen_event", SeenEventRow.at, seen),
        Kind("conversation", ConversationRow.last_seen_at, conversations),
        *(Kind(name, table.at, traces) for name, table in TRACES.items()),
    ]


def drop_traces(transactions: Transactions, kind: str, before: datetime) -> int:
    """Delete the traces of one kind from before a moment; return how many."""
    table = TRACES[kind].__table__
    with transactions.write() as session:
        for column in _PARTS.get(kind, ()):
            old = select(table.c.id).where(table.c.at < before)
            session.execute(delete(column.table).where(column.in_(old)))
        return session.execute(delete(table).where(table.c.at < before)).rowcount
