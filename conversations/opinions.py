"""What owners think of the answers they were given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from conversations.answers import LISTS
from conversations.digest_rules import take_opinions
from conversations.errors import UnknownConversation, UnknownMessage
from conversations.models import BotMessageRow, ConversationRow
from conversations.opinion_models import OpinionRow
from conversations.transactions import Transactions

Thumb = Literal["up", "down"]
Reason = Literal["off_topic", "wrong_contact", "outdated", "unclear"]


@dataclass(frozen=True)
class Opinion:
    """A thumb, and why where it is down. The owner's words stay out of every log."""

    thumb: Thumb
    reason: Reason | None = None
    words: str | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, str]:
        """Return the opinion as the API shows it; what was not said is left out."""
        said = {"thumb": self.thumb, "reason": self.reason, "words": self.words}
        return {name: value for name, value in said.items() if value}


class Opinions:
    """The opinions of all conversations. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    def give(self, conversation_id: str, number: int, opinion: Opinion) -> None:
        """Keep the opinion on the bot's message of this number, in place of an earlier one.

        Raises UnknownConversation for one that is erased, UnknownMessage where this number is no answer with contacts,
        schemes or guidance.
        """
        with self._transactions.write() as session:
            if session.get(ConversationRow, conversation_id, with_for_update=True) is None:
                raise UnknownConversation(conversation_id)
            message = session.get(BotMessageRow, (conversation_id, number))
            if message is None or (message.custom or {}).get("type") not in LISTS:
                raise UnknownMessage(number)
            session.merge(
                OpinionRow(
                    conversation_id=conversation_id,
                    position=number,
                    thumb=opinion.thumb,
                    reason=opinion.reason,
                    words=opinion.words,
                    at=self._clock(),
                )
            )
            session.flush()
            take_opinions(session, conversation_id)

    def of(self, conversation_id: str) -> dict[int, Opinion]:
        """Return the opinions of a conversation by the number of the message; none for an unknown conversation."""
        wanted = select(OpinionRow).where(OpinionRow.conversation_id == conversation_id)
        with self._transactions.read() as session:
            rows = session.scalars(wanted.order_by(OpinionRow.position)).all()
            return {row.position: Opinion(row.thumb, row.reason, row.words) for row in rows}
