"""What goes out to owners on messaging channels: each message a row, sent in order, tried until it arrives."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from conversations.channel_models import CorrespondentRow, OutgoingMessageRow
from conversations.channel_views import (
    COURSE,
    DELIVERED,
    DUE,
    FAILED,
    HELD,
    MOST_ERROR,
    READ,
    SENT,
    UNDELIVERABLE,
    Caller,
    Delivery,
    Outgoing,
    Trouble,
)
from conversations.tokens import new_id
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
# A sender that dies leaves its message to another one after this time; longer than any call to a provider may last.
LEASE = timedelta(seconds=60)
# In which a provider reports what it took from a process that was killed just then; it calls until we answer.
REPORTING = timedelta(seconds=20)


def put(
    session: Session, caller: Caller, parts: Sequence[dict[str, Any]], now: datetime, held: bool = False
) -> None:
    """Write messages down behind those of the conversation, within the caller's transaction.

    `held` keeps all but the first until they are asked for.
    """
    for number, part in enumerate(parts):
        session.add(
            OutgoingMessageRow(
                conversation_id=caller.conversation_id,
                channel=caller.channel,
                name=new_id(),
                body=part,
                state=HELD if held and number else DUE,
                next_at=now,
                created_at=now,
            )
        )
        session.flush()  # one at a time: the ids are the order


def drop_held(session: Session, caller: Caller) -> None:
    """Delete what is still held of an earlier answer."""
    session.execute(delete(OutgoingMessageRow).where(_held(caller)))


def release(session: Session, caller: Caller, now: datetime) -> bool:
    """Let the next message go that was held; False where there is none."""
    mine = select(OutgoingMessageRow).where(_held(caller))
    row = session.scalar(mine.order_by(OutgoingMessageRow.id).limit(1))
    if row is None:
        return False
    row.state, row.next_at, row.created_at = DUE, now, now
    return True


class OutgoingMessages:
    """The messages that wait to be sent. Every call is one short transaction, and raises RecordUnreachable."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def claim(self, channels: Collection[str]) -> Outgoing | None:
        """Take the next message of these channels that is due.

        One that waits for another try holds up those behind it in its conversation.
        """
        now, earlier = self._clock(), aliased(OutgoingMessageRow)
        row = OutgoingMessageRow
        ahead = select(earlier.id).where(
            earlier.conversation_id == row.conversation_id, earlier.state == DUE, earlier.id < row.id
        )
        mine = (row.state == DUE) & (row.next_at <= now) & row.channel.in_(channels)
        due = select(row).where(mine, ~ahead.exists())
        first = due.order_by(row.next_at, row.id).limit(1).with_for_update(skip_locked=True)
        with self._transactions.write() as session:
            found = session.scalar(first)
            if found is None:
                return None
            owner = session.get(CorrespondentRow, found.conversation_id)
            found.attempts += 1
            found.next_at = now + LEASE
            return _view(found, owner)

    def sent(self, message: Outgoing, provider_id: str | None) -> None:
        """Note that the provider has taken a message, under that (hashed) id."""
        with self._transactions.write() as session:
            row = session.get(OutgoingMessageRow, message.id)
            if row is not None:
                row.provider_id = provider_id
                _advance(row, SENT, self._clock())

    def delayed(self, message: Outgoing, why: str, pause: timedelta) -> None:
        """Note that a try failed; the next one comes after `pause`."""
        with self._transactions.write() as session:
            row = session.get(OutgoingMessageRow, message.id)
            if row is not None and row.state == DUE:
                row.next_at, row.error = self._clock() + pause, why[:MOST_ERROR]

    def failed(self, message: Outgoing, why: str, undeliverable: bool = False) -> None:
        """Note that a message will not be tried again; `undeliverable`, that the channel's rules forbid it."""
        with self._transactions.write() as session:
            row = session.get(OutgoingMessageRow, message.id)
            if row is not None and row.state == DUE:
                _fail(row, why, self._clock(), UNDELIVERABLE if undeliverable else FAILED)

    def report(self, channel: str, reports: Iterable[Delivery]) -> int:
        """Note what a provider reports, in whatever order reports come; return how many were of our messages."""
        with self._transactions.write() as session:
            return sum(_report(session, channel, each, self._clock()) for each in reports)

    def recover(self, reporting: Collection[str] = ()) -> None:
        """Take back what was being sent: for a process that starts, where it is the only one.

        On the `reporting` channels, which say by name what they took, there is a moment for that first.
        """
        now = self._clock()
        row = OutgoingMessageRow
        left = update(row).where(row.state == DUE, row.error.is_(None), row.attempts > 0)
        patient = row.channel.in_(list(reporting))
        with self._transactions.write() as session:
            session.execute(left.where(~patient).values(next_at=now))
            session.execute(left.where(patient).values(next_at=now + REPORTING))

    def troubles(self, limit: int = 100) -> list[Trouble]:
        """Return the messages that did not arrive, the latest first."""
        row = OutgoingMessageRow
        lost = select(row).where(row.state.in_((FAILED, UNDELIVERABLE)))
        with self._transactions.read() as session:
            rows = session.scalars(lost.order_by(row.finished_at.desc()).limit(limit))
            return [
                Trouble(
                    each.conversation_id,
                    each.channel,
                    each.state,
                    each.attempts,
                    each.error,
                    each.finished_at,
                )
                for each in rows
            ]


def _report(session: Session, channel: str, report: Delivery, now: datetime) -> bool:
    row = OutgoingMessageRow
    mine = (row.name == report.name) if report.name else (row.provider_id == report.provider_id)
    found = session.scalar(select(row).where(row.channel == channel, mine).with_for_update())
    if found is None:
        return False
    found.provider_id = report.provider_id
    if report.state in COURSE:
        _advance(found, report.state, now)
    elif found.state in (DUE, SENT):
        _fail(found, report.why or "", now, report.state)
    return True


def _advance(row: OutgoingMessageRow, state: str, now: datetime) -> None:
    """Take a message further on its course, never back; its words are not needed any more."""
    failed_before = row.state in (FAILED, UNDELIVERABLE) and state in (DELIVERED, READ)
    if not failed_before and (row.state not in COURSE or COURSE.index(state) <= COURSE.index(row.state)):
        return
    row.state, row.body, row.error = state, None, None
    row.sent_at = row.sent_at or now
    if state in (DELIVERED, READ):
        row.delivered_at = row.delivered_at or now
    row.finished_at = now


def _fail(row: OutgoingMessageRow, why: str, now: datetime, state: str) -> None:
    row.state, row.error, row.finished_at = state, why[:MOST_ERROR], now


def _held(caller: Caller) -> Any:
    mine = OutgoingMessageRow.conversation_id == caller.conversation_id
    return mine & (OutgoingMessageRow.state == HELD)


def _view(row: OutgoingMessageRow, owner: CorrespondentRow) -> Outgoing:
    return Outgoing(
        id=row.id,
        name=row.name,
        channel=row.channel,
        sealed=owner.sealed,
        body=row.body,
        attempts=row.attempts,
        created_at=row.created_at,
        heard_at=owner.heard_at,
    )
