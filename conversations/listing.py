"""Brings lists and searches up to date with the answers that were given.

The owner waits for an answer, nobody for its place in a list: the answer is written first, with a mark, and this
follows in a transaction of its own, which takes the mark away. Each answer is listed once, whoever is interrupted.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations import digests, passages
from conversations.models import BotMessageRow, ConversationRow, TurnRow
from conversations.transactions import Transactions

AT_ONCE = 100


def catch_up(session: Session, conversation_id: str) -> int:
    """List the answers of one conversation that are not listed yet, in their order; return how many."""
    owner = session.get(ConversationRow, conversation_id, with_for_update=True)
    if owner is None:
        return 0
    mine = select(TurnRow).where(TurnRow.conversation_id == conversation_id, TurnRow.unlisted.is_not(None))
    turns = session.scalars(mine.order_by(TurnRow.received_at, TurnRow.position)).all()
    for turn in turns:
        turn.unlisted = None
        session.flush()
        digests.finished(session, owner, turn)
        said = select(BotMessageRow.text).where(BotMessageRow.turn_id == turn.id)
        passages.note(session.connection(), turn, session.scalars(said.order_by(BotMessageRow.position)))
    return len(turns)


class Listing:
    """What waits to be listed in a whole record.

    Every call raises RecordUnreachable when the database does not answer.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def behind(self) -> list[str]:
        """Return the conversations with answers that are not listed, the longest waiting first; 100 at most."""
        waiting = (
            select(TurnRow.conversation_id)
            .where(TurnRow.unlisted.is_not(None))
            .group_by(TurnRow.conversation_id)
        )
        with self._transactions.read() as session:
            return list(session.scalars(waiting.order_by(func.min(TurnRow.finished_at)).limit(AT_ONCE)))

    def catch_up(self, conversation_id: str) -> int:
        """List what one conversation has waiting; return how many answers."""
        with self._transactions.write(lasting=False) as session:
            return catch_up(session, conversation_id)
