"""Deletion by age: one round, and the report that is kept of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from conversations.errors import RecordUnreachable
from conversations.expired_sessions import KIND as SESSION
from conversations.keeping import TRACES, Standing
from conversations.privacy_models import PurgeReportRow
from conversations.retention import Retention
from conversations.transactions import Transactions

# Conversations that the dialogue engine alone knows.
STRANGER = "stranger"


@dataclass(frozen=True)
class Line:
    """What a round did of one kind: `removed` are gone, `due` are still too old; `oldest` is what is left."""

    kind: str
    days: int
    removed: int
    due: int
    oldest: datetime | None


@dataclass(frozen=True)
class Report:
    """One round; `whole` is False where something stopped it, and it is tried again."""

    at: datetime
    whole: bool
    lines: tuple[Line, ...]

    def removed(self, kind: str) -> int:
        """Return how many of a kind the round deleted."""
        return sum(line.removed for line in self.lines if line.kind == kind)


class Purge:
    """Deletes what is too old and keeps reports. Every call raises RecordUnreachable."""

    def __init__(
        self, transactions: Transactions, retention: Retention, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._retention = retention
        self._clock = clock

    def standing(self) -> list[Standing]:
        """Return what a round would delete now, by kind; nothing is deleted."""
        return self._retention.standing()

    def round(self, forget: Callable[[str], Any]) -> Report:
        """Delete what is due and keep a report of it.

        `forget` makes the dialogue engine forget a conversation, and goes first: what it still holds stays in the
        record, which knows that it is due. What `forget` raises ends the round; what was deleted is reported.
        """
        gone: Counter[str] = Counter()
        try:
            self._delete(gone, forget)
        except Exception:
            with suppress(RecordUnreachable):
                self._finish(gone, whole=False)
            raise
        return self._finish(gone, whole=True)

    def reports(self, limit: int = 30) -> list[Report]:
        """Return the last reports, the latest first."""
        latest = select(PurgeReportRow).order_by(PurgeReportRow.id.desc()).limit(limit)
        with self._transactions.read() as session:
            return [_report(row) for row in session.scalars(latest)]

    def _delete(self, gone: Counter[str], forget: Callable[[str], Any]) -> None:
        retention = self._retention
        gone["request"] += retention.drop_requests()
        gone["interest"] += retention.drop_interests()
        gone["mail"] += retention.drop_mail()
        gone["seen_event"] += retention.forget_seen()
        gone[SESSION] += retention.drop_sessions()
        for kind in TRACES:
            gone[kind] += retention.drop_traces(kind)
        for conversation_id in retention.due():
            forget(conversation_id)
            gone["conversation"] += retention.drop(conversation_id)
        gone[STRANGER] += retention.drop_strangers()

    def _finish(self, gone: Mapping[str, int], whole: bool) -> Report:
        self._retention.wipe()
        lines = [
            Line(each.kind, each.days, gone[each.kind], each.due, each.oldest)
            for each in self._retention.standing()
        ]
        days = next(line.days for line in lines if line.kind == "conversation")
        lines.append(Line(STRANGER, days, gone[STRANGER], 0, None))
        report = Report(self._clock(), whole, tuple(lines))
        with self._transactions.write() as session:
            session.add(PurgeReportRow(at=report.at, whole=whole, lines=[_plain(line) for line in lines]))
        return report


def _plain(line: Line) -> dict[str, Any]:
    return asdict(line) | {"oldest": line.oldest and line.oldest.isoformat()}


def _report(row: PurgeReportRow) -> Report:
    lines = [
        Line(**(each | {"oldest": each["oldest"] and datetime.fromisoformat(each["oldest"])}))
        for each in row.lines
    ]
    return Report(row.at, row.whole, tuple(lines))
