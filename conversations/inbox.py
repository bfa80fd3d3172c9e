"""What owners wrote on messaging channels: stored before it is acknowledged, answered in order."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conversations import intake_rows, outgoing
from conversations.channel_models import CorrespondentRow, InboundEventRow
from conversations.channel_views import (
    ANSWERED,
    ASKING,
    GIVEN_UP,
    WAITING,
    Caller,
    Incoming,
    Taken,
    WaitingEvent,
)
from conversations.errors import RecordClash
from conversations.transactions import Transactions

Clock = Callable[[], datetime]

# A moment in which the messages before this one may still come in: providers send several calls at once.
SETTLE = timedelta(seconds=0.3)
# Of one batch that meets an erasure, or another process that begins the same conversation.
TRIES = 3


class Inbox:
    """The events that wait. Every call is one short transaction, and raises RecordUnreachable.

    `lease` is how long a worker has a conversation to itself; another one takes over from a worker that died.
    """

    def __init__(
        self, transactions: Transactions, clock: Clock, lease: timedelta, settle: timedelta = SETTLE
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._lease = lease
        self.settle = settle

    def receive(self, channel: str, events: Sequence[Incoming]) -> Taken:
        """Store what is new of a batch, all or nothing, and begin the conversations that it needs."""
        for attempt in range(TRIES):
            try:
                with self._transactions.write() as session:
                    now = self._clock()
                    return intake_rows.store(session, channel, events, now, now + self.settle)
            except RecordClash:
                if attempt == TRIES - 1:
                    raise
        raise AssertionError("unreachable")

    def acknowledged(self, ids: Iterable[int]) -> None:
        """Note that the provider has been told that these events are here."""
        rows = update(InboundEventRow).where(InboundEventRow.id.in_(list(ids)))
        with self._transactions.write() as session:
            session.execute(rows.values(acknowledged_at=self._clock()))

    def claim(self, channels: Collection[str]) -> Caller | None:
        """Take a conversation of these channels that has something to answer.

        Nobody else gets it until `leave`, or the lease ends.
        """
        now = self._clock()
        free = (CorrespondentRow.leased_until.is_(None)) | (CorrespondentRow.leased_until <= now)
        mine = CorrespondentRow.channel.in_(channels)
        due = select(CorrespondentRow).where(mine, CorrespondentRow.due_at <= now, free)
        first = due.order_by(CorrespondentRow.due_at).limit(1).with_for_update(skip_locked=True)
        with self._transactions.write() as session:
            row = session.scalar(first)
            if row is None:
                return None
            row.leased_until = now + self._lease
            return Caller(row.conversation_id, row.channel, row.sealed)

    def next(self, caller: Caller) -> WaitingEvent | None:
        """Return what is to be answered next in a claimed conversation, and keep it claimed."""
        with self._transactions.write() as session:
            owner = session.get(CorrespondentRow, caller.conversation_id)
            row = session.scalar(_waiting(caller).order_by(InboundEventRow.rank, InboundEventRow.id).limit(1))
            if owner is None or row is None:
                return None
            owner.leased_until = self._clock() + self._lease
            row.state = ASKING
            row.attempts += 1
            return _view(session, row)

    def finish(
        self, caller: Caller, event: WaitingEvent, parts: Sequence[dict[str, Any]], held: bool = False
    ) -> None:
        """Note that an event is answered, and write what goes out, together.

        `held` keeps everything after the first part until the owner asks for it.
        """
        self._close(caller, event, ANSWERED, parts, held)

    def finish_with_more(self, caller: Caller, event: WaitingEvent) -> bool:
        """Answer an event with the next part that was held; False, and nothing done, where there is none."""
        now = self._clock()
        with self._transactions.write() as session:
            row = session.get(InboundEventRow, event.id)
            if row is None or row.state not in WAITING or not outgoing.release(session, caller, now):
                return False
            row.state, row.finished_at, row.text = ANSWERED, now, ""
            return True

    def give_up(self, caller: Caller, event: WaitingEvent, parts: Sequence[dict[str, Any]]) -> None:
        """Note that an event cannot be answered, and write what the owner is told."""
        self._close(caller, event, GIVEN_UP, parts, held=False)

    def may_tell(self, caller: Caller, event: WaitingEvent, again: timedelta) -> bool:
        """Tell whether the owner is to be told that the answer is late: not yet told, or wrote `again` after that."""
        with self._transactions.read() as session:
            owner = session.get(CorrespondentRow, caller.conversation_id)
            return owner is not None and (owner.told_at is None or event.newest_at > owner.told_at + again)

    def tell(self, caller: Caller, parts: Sequence[dict[str, Any]]) -> None:
        """Write that the answer is late; the owner is not told again before it has come."""
        with self._transactions.write() as session:
            owner = session.get(CorrespondentRow, caller.conversation_id)
            if owner is not None:
                owner.told_at = self._clock()
                outgoing.put(session, caller, parts, self._clock())

    def postpone(self, caller: Caller, event: WaitingEvent, pause: timedelta, why: str) -> None:
        """Let the whole conversation wait, because its next event could not be answered."""
        with self._transactions.write() as session:
            owner = session.get(CorrespondentRow, caller.conversation_id)
            row = session.get(InboundEventRow, event.id)
            if owner is not None and row is not None:
                owner.due_at, row.failure = self._clock() + pause, why

    def leave(self, caller: Caller) -> None:
        """Give a conversation back; what came in meanwhile stays due."""
        with self._transactions.write() as session:
            owner = session.get(CorrespondentRow, caller.conversation_id, with_for_update=True)
            if owner is None:
                return
            owner.leased_until = None
            if session.scalar(_waiting(caller).limit(1)) is None:
                owner.due_at = None

    def recover(self) -> None:
        """Take back every lease: for a process that starts, where it is the only one."""
        with self._transactions.write() as session:
            session.execute(update(CorrespondentRow).values(leased_until=None))

    def _close(
        self, caller: Caller, event: WaitingEvent, state: str, parts: Sequence[dict[str, Any]], held: bool
    ) -> None:
        now = self._clock()
        with self._transactions.write() as session:
            row = session.get(InboundEventRow, event.id)
            if row is None or row.state not in WAITING:  # erased meanwhile, or done by whoever took over
                return
            row.state, row.finished_at, row.text = state, now, ""
            if row.kind in ("text", "choice"):
                session.get(CorrespondentRow, caller.conversation_id).told_at = None
            if parts:
                outgoing.drop_held(session, caller)
            outgoing.put(session, caller, parts, now, held)


def _waiting(caller: Caller) -> Any:
    return select(InboundEventRow).where(
        InboundEventRow.conversation_id == caller.conversation_id, InboundEventRow.state.in_(WAITING)
    )


def _view(session: Session, row: InboundEventRow) -> WaitingEvent:
    mine = InboundEventRow.conversation_id == row.conversation_id
    finished = (
        select(func.count())
        .select_from(InboundEventRow)
        .where(mine, InboundEventRow.finished_at.is_not(None))
    )
    newest = select(func.max(InboundEventRow.received_at)).where(mine, InboundEventRow.state.in_(WAITING))
    return WaitingEvent(
        id=row.id,
        provider_id=row.provider_id,
        kind=row.kind,
        text=row.text,
        attempts=row.attempts,
        received_at=row.received_at,
        newest_at=session.scalar(newest),
        first=session.scalar(finished) == 0,
    )
