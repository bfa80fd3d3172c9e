"""Conversations for reading, some turns at a time: a long one opens as fast as a short one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from conversations.digest_models import DigestRow
from conversations.models import BotMessageRow, ConversationRow, TurnRow
from conversations.opinion_models import OpinionRow
from conversations.opinions import Opinion
from conversations.sight import Sight, visible
from conversations.transactions import Transactions
from conversations.transcript_reading import OPEN, Veil, turn_view
from conversations.transcript_views import ReadTurn, TranscriptPage

TURNS = 40
# Turns shown before the one that was asked for.
BEFORE = 5
# A turn is named by its first message, the owner's or, where nobody spoke, the first of the replies.
_reply = aliased(BotMessageRow)
_first_reply = select(func.min(_reply.position)).where(_reply.turn_id == TurnRow.id).scalar_subquery()
_number = func.coalesce(TurnRow.position, _first_reply, 0)
Numbered = tuple[int, TurnRow]


class Transcripts:
    """The transcripts. Every call asks for `sight`, and answers None for a conversation that is not to be seen.

    `veil` hides names. Every call raises RecordUnreachable when the database does not answer.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def latest(
        self,
        conversation_id: str,
        sight: Sight | None,
        veil: Veil = OPEN,
        before: int | None = None,
        size: int = TURNS,
    ) -> TranscriptPage | None:
        """Return the last turns, or the last ones with a number below `before`."""
        with self._transactions.read() as session:
            if not _may_see(session, conversation_id, sight):
                return None
            limits = [_number < before] if before is not None else []
            rows = _rows(session, conversation_id, limits, size, backwards=True)
            return _page(session, conversation_id, rows, veil)

    def around(
        self, conversation_id: str, number: int, sight: Sight | None, veil: Veil = OPEN, size: int = TURNS
    ) -> TranscriptPage | None:
        """Return the turn that holds the message `number`, a few before it, and those that follow."""
        with self._transactions.read() as session:
            if not _may_see(session, conversation_id, sight):
                return None
            wanted = _turn_of(session, conversation_id, number)
            rows = _rows(session, conversation_id, [_number < wanted], BEFORE, backwards=True)
            rows += _rows(session, conversation_id, [_number >= wanted], size - BEFORE, backwards=False)
            return _page(session, conversation_id, rows, veil)

    def following(
        self, conversation_id: str, after: int, sight: Sight | None, veil: Veil = OPEN, size: int = TURNS
    ) -> TranscriptPage | None:
        """Return the turns with a number above `after`, the first ones."""
        with self._transactions.read() as session:
            if not _may_see(session, conversation_id, sight):
                return None
            rows = _rows(session, conversation_id, [_number > after], size, backwards=False)
            return _page(session, conversation_id, rows, veil)

    def news(
        self, conversation_id: str, after: int, sight: Sight | None, veil: Veil = OPEN
    ) -> tuple[ReadTurn, ...] | None:
        """Return the turns with a message above `after`, in the order of their latest one.

        Of a turn whose owner's message was known before, only what is new of its replies.
        """
        with self._transactions.read() as session:
            if not _may_see(session, conversation_id, sight):
                return None
            answered = select(BotMessageRow.turn_id).where(
                BotMessageRow.conversation_id == conversation_id, BotMessageRow.position > after
            )
            new = (TurnRow.position > after) | TurnRow.id.in_(answered)
            rows = _rows(session, conversation_id, [new], TURNS, backwards=False)
            turns = _turns(session, conversation_id, rows, veil, after)
            return tuple(sorted(turns, key=lambda turn: turn.last))


def _may_see(session: Session, conversation_id: str, sight: Sight | None) -> bool:
    """Tell whether the conversation is there and to be seen; without a digest nobody has spoken in it yet."""
    seen = select(DigestRow.conversation_id).where(
        DigestRow.conversation_id == conversation_id, *visible(sight)
    )
    return session.scalar(seen) is not None


def _rows(
    session: Session, conversation_id: str, limits: Sequence[Any], size: int, backwards: bool
) -> list[Numbered]:
    """Return turns in order; their numbers are looked through before anything large is read."""
    mine = select(TurnRow.id, _number.label("number"))
    mine = mine.where(TurnRow.conversation_id == conversation_id, *limits)
    order = _number.desc() if backwards else _number
    numbers = {each.id: each.number for each in session.execute(mine.order_by(order).limit(size))}
    wanted = select(TurnRow).where(TurnRow.id.in_(list(numbers)))
    rows = session.scalars(wanted).all() if numbers else []
    return sorted(((numbers[row.id], row) for row in rows), key=lambda each: each[0])


def _turn_of(session: Session, conversation_id: str, number: int) -> int:
    """Return the number of the turn that holds a message, `number` itself where none does."""
    owner = select(_number).join(BotMessageRow, BotMessageRow.turn_id == TurnRow.id)
    found = session.scalar(
        owner.where(BotMessageRow.conversation_id == conversation_id, BotMessageRow.position == number)
    )
    return number if found is None else found


def _page(session: Session, conversation_id: str, rows: list[Numbered], veil: Veil) -> TranscriptPage:
    mine = select(func.min(_number), func.max(_number)).where(TurnRow.conversation_id == conversation_id)
    first, last = session.execute(mine).one()
    numbers = [number for number, _ in rows]
    return TranscriptPage(
        turns=_turns(session, conversation_id, rows, veil),
        earlier=bool(numbers) and numbers[0] > first,
        later=bool(numbers) and numbers[-1] < last,
        last=session.scalar(
            select(ConversationRow.last_position).where(ConversationRow.id == conversation_id)
        ),
    )


def _turns(
    session: Session, conversation_id: str, rows: Sequence[Numbered], veil: Veil, after: int = 0
) -> tuple[ReadTurn, ...]:
    ids = [row.id for _, row in rows]
    said = select(BotMessageRow).where(BotMessageRow.turn_id.in_(ids), BotMessageRow.position > after)
    replies: dict[str, list[BotMessageRow]] = {each: [] for each in ids}
    for reply in session.scalars(said.order_by(BotMessageRow.position)) if ids else ():
        replies[reply.turn_id].append(reply)
    thumbs = select(OpinionRow).where(OpinionRow.conversation_id == conversation_id)
    opinions = {
        each.position: Opinion(each.thumb, each.reason, each.words) for each in session.scalars(thumbs)
    }
    return tuple(turn_view(row, number, replies[row.id], opinions, veil) for number, row in rows)
