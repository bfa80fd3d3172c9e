"""Messages of owners that still wait for an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import Select

from conversations import digests, passages, reading
from conversations.models import ConversationRow, TurnRow
from conversations.transactions import Transactions
from conversations.views import ANSWERED, FAILED, RECEIVED, Turn

# A turn that nobody has finished after this long was left behind by a process that ended.
ABANDONED = timedelta(seconds=30)
# The first attempt again comes at once, then after twice the time each, up to this.
LONGEST_PAUSE = timedelta(minutes=5)
# An answer later than this helps nobody any more.
GIVEN_UP = timedelta(days=1)
AT_ONCE = 100
_OTHERS = (
    select(TurnRow.id)
    .where(
        TurnRow.conversation_id == bindparam("conversation"),
        TurnRow.id != bindparam("turn"),
        TurnRow.state != ANSWERED,
        TurnRow.message_id.is_not(None),
    )
    .limit(1)
)


@dataclass(frozen=True)
class Waiter:
    """A turn that waits, and the hash of its conversation's token."""

    turn: Turn
    token_hash: str


class Waiting:
    """What waits for an answer on the web; other channels try again by themselves.

    A turn that a later one of its conversation has overtaken waits no more: its answer would be out of place. Every
    call raises RecordUnreachable when the database does not answer.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime], channel: str = "web") -> None:
        self._transactions = Transactions(engine)
        self._clock = clock
        self._channel = channel

    def due(self) -> list[Waiter]:
        """Return the oldest waiting turn of each conversation whose pause is over, the oldest first."""
        now = self._clock()
        found: dict[str, Waiter] = {}
        late = or_(
            and_(TurnRow.state == RECEIVED, TurnRow.received_at < now - ABANDONED), TurnRow.state == FAILED
        )
        wanted = _unanswered(now).where(late, ConversationRow.channel == self._channel)
        with self._transactions.read() as session:
            for row, token_hash in session.execute(wanted.limit(AT_ONCE)):
                waiter = Waiter(reading.turn_view(session, row), token_hash)
                found.setdefault(row.conversation_id, waiter)
        return [waiter for waiter in found.values() if _rested(waiter.turn, now)]

    def before(self, turn: Turn, most: int) -> list[Turn]:
        """Return what waits in the conversation of `turn` since before it, oldest first, unless in the same words;
        `most` at most.
        """
        with self._transactions.read() as session:
            if session.scalar(_OTHERS, {"conversation": turn.conversation_id, "turn": turn.id}) is None:
                return []  # nearly always, and ten times cheaper to find out
            wanted = _unanswered(self._clock()).where(
                TurnRow.conversation_id == turn.conversation_id,
                TurnRow.id != turn.id,
                TurnRow.received_at <= turn.received_at,
                TurnRow.text != turn.text,
            )
            rows = session.execute(wanted.limit(most)).all()
            return [reading.turn_view(session, row) for row, _ in rows]

    def now(self, turn: Turn) -> Turn | None:
        """Return the turn as it stands now; None where it has been erased."""
        with self._transactions.read() as session:
            row = session.get(TurnRow, turn.id)
            return row and reading.turn_view(session, row)

    def postpone(self, turn: Turn, reason: str) -> None:
        """Note that another attempt failed, and why in one word; what the owner was told stays as it is."""
        with self._transactions.write() as session:
            # The conversation first, as everybody who writes in it does: else two may wait for each other.
            owner = session.get(ConversationRow, turn.conversation_id, with_for_update=True)
            row = _locked(session, turn.id)
            if owner is not None and row is not None and row.state != ANSWERED:
                row.state, row.failure, row.finished_at = FAILED, reason, self._clock()
                row.attempts += 1
                session.flush()
                digests.finished(session, owner, row)
                passages.note(session.connection(), row)


def _unanswered(now: datetime) -> Select:
    later = aliased(TurnRow)
    overtaken = exists().where(
        later.conversation_id == TurnRow.conversation_id,
        later.state == ANSWERED,
        later.position > TurnRow.position,
    )
    return (
        select(TurnRow, ConversationRow.token_hash)
        .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
        .where(
            TurnRow.state != ANSWERED,
            TurnRow.message_id.is_not(None),
            TurnRow.received_at > now - GIVEN_UP,
            ~overtaken,
        )
        .order_by(TurnRow.received_at, TurnRow.position)
    )


def _rested(turn: Turn, now: datetime) -> bool:
    """Tell whether the pause after the last attempt is over."""
    if turn.finished_at is None:
        return True
    seconds = min(2.0 ** (turn.attempts - 1), LONGEST_PAUSE.total_seconds())
    return now >= turn.finished_at + timedelta(seconds=seconds)


def _locked(session: Session, turn_id: str) -> TurnRow | None:
    return session.get(TurnRow, turn_id, with_for_update=True)
