"""The shared digital officer: owners who would share an expert, and the groups that they could be."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Engine

from conversations import erasures, interest_rows, store
from conversations.interest_models import GroupRow, InterestRow
from conversations.interest_views import WAITING, Group, Interest, Wish
from conversations.tokens import is_id
from conversations.transactions import Transactions

Clock = Callable[[], datetime]


class Interests:
    """Interests and groups, one short transaction a call.

    `clock` returns the present moment with its time zone. Every call raises RecordUnreachable when the database does
    not answer. Erasing a conversation (ConversationLog.delete) withdraws its interest too.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._transactions = Transactions(engine)
        self._clock = clock

    def register(self, conversation_id: str, wish: Wish) -> Interest:
        """Keep what an owner agreed to, in place of an earlier wish; a group appears when enough of an area match."""
        with self._transactions.write() as session:
            row = interest_rows.enter(session, conversation_id, wish, self._clock())
            return interest_rows.interest_view(session, row)

    def of(self, conversation_id: str) -> Interest | None:
        """Return the interest registered in this conversation, or None."""
        with self._transactions.read() as session:
            row = interest_rows.find(session, conversation_id)
            return row and interest_rows.interest_view(session, row)

    def withdraw(self, conversation_id: str) -> bool:
        """Delete the interest with all that it holds, down to the database's log; False where there was none."""
        with self._transactions.write() as session:
            row = interest_rows.find(session, conversation_id)
            if row is not None:
                erasures.note(session, erasures.INTEREST, row.id, self._clock())
            found = interest_rows.leave(session, conversation_id, self._clock())
        store.wipe_log(self._transactions.engine)
        return found

    def withdraw_named(self, interest_id: str) -> bool:
        """Delete the interest of this id, for who has it from an e-mail; False where there is none any more."""
        if not is_id(interest_id):
            return False
        with self._transactions.read() as session:
            row = session.get(InterestRow, interest_id)
        return row is not None and self.withdraw(row.conversation_id)

    def news(self, conversation_id: str) -> Interest | None:
        """Return the interest where its owner does not know yet what became of it, else None."""
        found = self.of(conversation_id)
        return found if found and found.state != WAITING and found.told_at is None else None

    def untold(self) -> list[Interest]:
        """Return all interests whose owners do not know yet what became of them, the oldest first."""
        untold = select(InterestRow).where(InterestRow.told_at.is_(None), InterestRow.state != WAITING)
        with self._transactions.read() as session:
            rows = session.scalars(untold.order_by(InterestRow.consent_at, InterestRow.id))
            return [interest_rows.interest_view(session, row) for row in rows]

    def told(self, interest: Interest) -> None:
        """Write down that the owner was told of the state that `interest` has; another state since is still news."""
        with self._transactions.write() as session:
            row = session.get(InterestRow, interest.id, with_for_update=True)
            if row is not None and (row.state, row.group_id) == (interest.state, interest.group_id):
                row.told_at = self._clock()

    def groups(self) -> list[Group]:
        """Return the groups for advisors, the newest first."""
        newest = select(GroupRow).order_by(GroupRow.created_at.desc(), GroupRow.id)
        with self._transactions.read() as session:
            return [interest_rows.group_view(session, row) for row in session.scalars(newest)]
