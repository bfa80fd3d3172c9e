"""Tells those who would share an expert, by e-mail, that a group has come together."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations import interest_rows, store
from conversations.interest_models import InterestRow
from conversations.interest_views import GROUPED
from conversations.letters import Letters
from conversations.outbox import GROUP, Outbox
from conversations.request_models import OutboxRow
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
# Of one conversation: whoever registers addresses of others soon comes to an end.
MOST_MAILS = 3


class GroupPost:
    """The e-mails to the members of groups. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, outbox: Outbox, letters: Letters) -> None:
        self._transactions = transactions
        self._outbox = outbox
        self._letters = letters

    def write(self) -> int:
        """Write to each member of a group who was not written to since the consent; return to how many."""
        with self._transactions.write() as session:
            store.one_at_a_time(session.connection())
            rows = session.scalars(select(InterestRow).where(InterestRow.state == GROUPED)).all()
            due = [row for row in rows if _unwritten(session, row)]
            for row in due:
                mail = self._letters.group(interest_rows.interest_view(session, row))
                self._outbox.put(session, mail, GROUP, row.conversation_id)
            return len(due)


def _unwritten(session: Session, row: InterestRow) -> bool:
    mine = (OutboxRow.conversation_id == row.conversation_id) & (OutboxRow.kind == GROUP)
    count, last = session.execute(select(func.count(), func.max(OutboxRow.created_at)).where(mine)).one()
    return count < MOST_MAILS and (last is None or last < row.consent_at)
