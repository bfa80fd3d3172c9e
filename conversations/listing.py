"""Brings lists and searches up to date with the answers that were given.

The owner waits for an answer, nobody for its place in a list: the answer is written first, with a mark, and this
follows in a transaction of its own, which takes the mark away. Each answer is listed once, whoever is interrupted.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session

from conversations import digests, passages
from conversations.errors import UnknownConversation
from conversations.models import BotMessageRow, TurnRow
from conversations.owner_rows import locked
from conversations.transactions import Transactions

AT_ONCE = 100
_TURNS, _MESSAGES = TurnRow.__table__, BotMessageRow.__table__
_WAITING = _TURNS.c.unlisted.is_not(None)
# In every turn of everybody: statements made once, and columns without the session's rows.
_MINE = (
    select(_TURNS)
    .where(_TURNS.c.conversation_id == bindparam("owner_id"), _WAITING)
    .order_by(_TURNS.c.received_at, _TURNS.c.position)
)
_LISTED = (
    update(_TURNS).where(_TURNS.c.conversation_id == bindparam("owner_id"), _WAITING).values(unlisted=None)
)
_SAID = (
    select(_MESSAGES.c.turn_id, _MESSAGES.c.text)
    .where(_MESSAGES.c.turn_id.in_(bindparam("turns", expanding=True)))
    .order_by(_MESSAGES.c.position)
)
_BEHIND = (
    select(_TURNS.c.conversation_id)
    .where(_WAITING)
    .group_by(_TURNS.c.conversation_id)
    .order_by(func.min(_TURNS.c.finished_at))
    .limit(AT_ONCE)
)


def catch_up(session: Session, conversation_id: str) -> int:
    """List the answers of one conversation that are not listed yet, in their order; return how many.

    One that is not there any more has none.
    """
    connection = session.connection()
    try:
        owner = locked(connection, conversation_id)
    except UnknownConversation:
        return 0
    turns = connection.execute(_MINE, {"owner_id": conversation_id}).all()
    if not turns:
        return 0
    connection.execute(_LISTED, {"owner_id": conversation_id})
    digests.finished(session, owner, *turns)
    _make_findable(connection, turns)
    return len(turns)


def _make_findable(connection: Connection, turns: Sequence[Row]) -> None:
    answers: dict[str, list[str]] = {turn.id: [] for turn in turns}
    for turn_id, words in connection.execute(_SAID, {"turns": list(answers)}):
        answers[turn_id].append(words)
    for turn in turns:
        passages.note(connection, turn, answers[turn.id])


class Listing:
    """What waits to be listed in a whole record.

    Every call raises RecordUnreachable when the database does not answer.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def behind(self) -> list[str]:
        """Return the conversations with answers that are not listed, the longest waiting first; 100 at most."""
        with self._transactions.read() as session:
            return list(session.connection().scalars(_BEHIND))

    def catch_up(self, conversation_id: str) -> int:
        """List what one conversation has waiting; return how many answers."""
        with self._transactions.write(lasting=False) as session:
            return catch_up(session, conversation_id)
