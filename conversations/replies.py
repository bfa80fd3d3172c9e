"""How an advisor replies to the owner of a request: by e-mail, or where they talked with the assistant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conversations import advisor_rows, request_reading
from conversations import handling_rows as rows
from conversations.channel_models import CorrespondentRow
from conversations.channel_windows import WINDOWS
from conversations.errors import NoAddress, NotTaken
from conversations.handling_views import Advisor, Sight
from conversations.holds import card_of
from conversations.letters import Letters
from conversations.models import ConversationRow
from conversations.outbox import Outbox
from conversations.request_models import RequestRow
from conversations.request_views import TAKEN
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
# The kind of the mail.
REPLY = "reply"


@dataclass(frozen=True)
class Ways:
    """How the owner of a request can be replied to.

    `channel` is where they talked with the assistant, None where that is gone; `writable` tells whether the channel's
    rules let a message through now, and `until` when it ends, where it does.
    """

    mail: bool
    channel: str | None
    writable: bool
    until: datetime | None


class Replies:
    """The replies, one short transaction a call. Raises UnknownRequest, NotTaken, AlreadyTaken, NoAddress as told."""

    def __init__(
        self, transactions: Transactions, clock: Clock, outbox: Outbox, letters: Letters, posts: bool
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._outbox = outbox
        self._letters = letters
        self._posts = posts

    def ways(self, sight: Sight, reference: str) -> Ways:
        """Return how the owner can be replied to now."""
        with self._transactions.read() as session:
            row, _, _ = rows.found(session, sight, reference)
            return self._ways(session, row)

    def by_mail(self, sight: Sight, reference: str, advisor: Advisor, text: str) -> None:
        """Send a reply by e-mail; the owner's answer goes to the advisor's own address."""
        with self._transactions.write() as session:
            row = self._held(session, sight, reference)
            if not self._ways(session, row).mail:
                raise NoAddress("mail")
            mail = self._letters.reply(request_reading.request_view(session, row), advisor, text.strip())
            mail_id = self._outbox.put(session, mail, REPLY, row.conversation_id, row.id)
            rows.tell(session, row, "replied", self._clock(), advisor, text.strip(), mail_id, way="mail")

    def in_channel(self, sight: Sight, reference: str, advisor: Advisor, text: str) -> None:
        """Write a reply into the conversation; on a messaging channel it is sent there."""
        with self._transactions.write() as session:
            row = self._held(session, sight, reference)
            ways = self._ways(session, row)
            if ways.channel is None or not ways.writable:
                raise NoAddress("gone" if ways.channel is None else "window")
            now = self._clock()
            advisor_rows.post(
                session, row.conversation_id, text.strip(), card_of(advisor), now, advisor.account_id
            )
            rows.tell(session, row, "replied", now, advisor, text.strip(), way=ways.channel)

    def by_phone(self, sight: Sight, reference: str, advisor: Advisor, text: str) -> None:
        """Write down that the owner was replied to otherwise, by telephone for instance, and what was said."""
        with self._transactions.write() as session:
            row = self._held(session, sight, reference)
            rows.tell(session, row, "replied", self._clock(), advisor, text.strip(), way="phone")

    def _held(self, session: Session, sight: Sight, reference: str) -> RequestRow:
        found = rows.locked(session, sight, reference)
        holder = rows.held_by(found, sight)
        row = found[0]
        if row.status != TAKEN:
            raise NotTaken
        holder.replied_at = holder.replied_at or self._clock()
        row.changed_at = self._clock()
        return row

    def _ways(self, session: Session, row: RequestRow) -> Ways:
        mail = bool(self._posts and row.email)
        conversation = session.get(ConversationRow, row.conversation_id)
        owner = session.get(CorrespondentRow, row.conversation_id)
        if conversation is None:
            return Ways(mail, None, False, None)
        window = WINDOWS.get(conversation.channel)
        until = owner.heard_at + window if owner and window else None
        return Ways(mail, conversation.channel, until is None or until > self._clock(), until)
