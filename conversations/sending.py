"""Sends an owner the answers of their conversation."""

from sqlalchemy import func, select, update

from conversations.answers import Answer, answers_of
from conversations.errors import UnknownConversation
from conversations.letters import Letters
from conversations.outbox import ANSWERS, GIVEN_UP, REFUSED, Outbox
from conversations.reading import messages_after
from conversations.request_models import OutboxRow
from conversations.transactions import Transactions

# Of one conversation: whoever types addresses of others soon comes to an end.
MOST_MAILS = 3


class AnswerPost:
    """The e-mail with the answers. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, outbox: Outbox, letters: Letters) -> None:
        self._transactions = transactions
        self._outbox = outbox
        self._letters = letters

    def answers(self, conversation_id: str) -> list[Answer]:
        """Return what would be sent; nothing for a conversation without answers, or one that the record lacks."""
        try:
            with self._transactions.read() as session:
                return answers_of(messages_after(session.connection(), conversation_id, 0))
        except UnknownConversation:
            return []

    def used_up(self, conversation_id: str) -> bool:
        """Tell whether this conversation has sent its fill."""
        mine = (OutboxRow.conversation_id == conversation_id) & (OutboxRow.kind == ANSWERS)
        with self._transactions.read() as session:
            return session.scalar(select(func.count()).select_from(OutboxRow).where(mine)) >= MOST_MAILS

    def send(self, conversation_id: str, address: str) -> None:
        """Write the e-mail down, to be sent from now on; address and words go once it has left."""
        mail = self._letters.answers(address, self.answers(conversation_id))
        with self._transactions.write() as session:
            self._outbox.put(session, mail, ANSWERS, conversation_id)

    def failed(self, conversation_id: str) -> bool:
        """Tell whether answers of this conversation did not arrive since its owner was told last; they are told now."""
        failed = (
            (OutboxRow.conversation_id == conversation_id)
            & (OutboxRow.kind == ANSWERS)
            & OutboxRow.state.in_((REFUSED, GIVEN_UP))
            & OutboxRow.told.is_(False)
        )
        with self._transactions.read() as session:
            if session.scalar(select(func.count()).select_from(OutboxRow).where(failed)) == 0:
                return False
        with self._transactions.write() as session:
            return session.execute(update(OutboxRow).where(failed).values(told=True)).rowcount > 0
