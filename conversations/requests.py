"""Requests for advice: written down with the mail about them, found again by their reference."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conversations import request_reading as reading
from conversations.digest_rules import take_requests
from conversations.errors import UnknownRequest
from conversations.handover import RECIPIENT, HandOver
from conversations.letters import Letters
from conversations.outbox import HANDOVER, Mail, Outbox
from conversations.references import new_reference
from conversations.request_models import OutboxRow, RequestRow
from conversations.request_routes import begin
from conversations.request_views import (
    CONFIRMATION,
    NEW,
    NOTICE,
    NewRequest,
    Request,
    Status,
)
from conversations.tokens import new_id
from conversations.transactions import Transactions
from conversations.withdrawing import withdraw

Clock = Callable[[], datetime]
MOST_REFERENCES = 5
# For so long a turn that was broken off is asked again: what it wrote down already is not written twice.
AGAIN = timedelta(days=1)


class RequestDesk:
    """The requests, one short transaction a call.

    `posts` tells whether mail is sent at all: without a mail server none is written. `handover` is the way to another
    service, where there is one. Every call raises
    RecordUnreachable when the database does not answer.
    """

    def __init__(
        self,
        transactions: Transactions,
        clock: Clock,
        outbox: Outbox,
        letters: Letters,
        posts: bool,
        handover: HandOver | None = None,
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._outbox = outbox
        self._letters = letters
        self.posts = posts
        self.handover = handover

    def open(self, new: NewRequest) -> Request:
        """Write a request down, with its confirmation and its notice; return it with its reference.

        The very same request of a conversation again is the one that is there: its turn was broken off before the
        owner knew.
        """
        with self._transactions.write() as session:
            known = reading.same(session, new, self._clock() - AGAIN)
            if known is not None:
                return reading.request_view(session, known)
            row = self._add(session, new)
            begin(session, row, new.shares_conversation)
            view = reading.request_view(session, row)
            if self.posts and view.email:
                self._post(session, view, self._letters.confirmation(view), CONFIRMATION)
            if self.posts and view.recipient.email:
                self._post(session, view, self._letters.notice(view), NOTICE)
            if self.handover and view.recipient.id == RECIPIENT:
                self._post(
                    session, view, self.handover.letter(view, self._letters.description(view)), HANDOVER
                )
            session.flush()
            take_requests(session, row.conversation_id)
            return reading.request_view(session, row)

    def by_reference(self, reference: str, email: str) -> Request | None:
        """Return the request of this reference whose owner has this address; else None, whichever is wrong."""
        with self._transactions.read() as session:
            row = reading.find(session, reference)
            same = row is not None and row.email is not None and row.email.lower() == email.strip().lower()
            return reading.request_view(session, row) if same else None

    def of_conversation(self, conversation_id: str) -> list[Request]:
        """Return the requests made in this conversation, the latest first."""
        made = select(RequestRow).where(RequestRow.conversation_id == conversation_id)
        with self._transactions.read() as session:
            rows = session.scalars(made.order_by(RequestRow.created_at.desc(), RequestRow.id)).all()
            return [reading.request_view(session, row) for row in rows]

    def mark(self, reference: str, status: Status) -> Request:
        """Set the status of a request; raises UnknownRequest."""
        with self._transactions.write() as session:
            row = reading.find(session, reference, held=True)
            if row is None:
                raise UnknownRequest(reference)
            row.status, row.changed_at = status, self._clock()
            session.flush()
            take_requests(session, row.conversation_id)
            return reading.request_view(session, row)

    def withdraw(self, reference: str) -> Request:
        """Take a request back for its owner, whom the caller knows to be theirs; raises UnknownRequest.

        One that is closed stays as it is.
        """
        with self._transactions.write() as session:
            row = reading.find(session, reference, held=True)
            if row is None:
                raise UnknownRequest(reference)
            withdraw(session, row, self._clock(), self._letters, self._outbox, self.posts)
            session.flush()
            take_requests(session, row.conversation_id)
            return reading.request_view(session, row)

    def news(self, conversation_id: str) -> list[Request]:
        """Return the requests of a conversation whose mail has failed since its owner was told last.

        They are told now: each failure is returned once.
        """
        with self._transactions.read() as session:
            if not reading.untold(session, conversation_id):
                return []
        with self._transactions.write() as session:
            failed = reading.untold(session, conversation_id)
            found = [
                session.get(RequestRow, each) for each in dict.fromkeys(mail.request_id for mail in failed)
            ]
            told = update(OutboxRow).where(OutboxRow.id.in_([mail.id for mail in failed])).values(told=True)
            session.execute(told)
            return [reading.request_view(session, row) for row in found if row]

    def _add(self, session: Session, new: NewRequest) -> RequestRow:
        """Write the row under a reference that nobody has."""
        for attempt in range(1, MOST_REFERENCES + 1):
            row = self._row(new)
            try:
                with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                if attempt == MOST_REFERENCES:
                    raise
            else:
                return row
        raise AssertionError("unreachable")

    def _row(self, new: NewRequest) -> RequestRow:
        now = self._clock()
        given = {name: value for name, value in vars(new).items() if name not in reading.ELSEWHERE}
        return RequestRow(
            id=new_id(),
            reference=new_reference(),
            status=NEW,
            recipient_id=new.recipient.id,
            recipient_name=new.recipient.name,
            recipient_email=new.recipient.email,
            consent_at=now,
            created_at=now,
            changed_at=now,
            reminders_sent=0,
            **given,
        )

    def _post(self, session: Session, view: Request, mail: Mail, kind: str) -> None:
        self._outbox.put(session, mail, kind, view.conversation_id, view.id)
