"""The outbox: e-mails written down with what they are about, so that none is lost, and tried until they leave."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.request_models import OutboxRow
from conversations.tokens import new_id
from conversations.transactions import Transactions

DUE, SENT, REFUSED, GIVEN_UP = "due", "sent", "refused", "given up"
# Under way, where a second time would do harm: nobody else takes it over.
ONCE = "sending"
# Pauses after the first, second… attempt that failed; after the last one the mail is given up, two days later.
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 360, 720, 1440))
# A sender that dies leaves its mail to another one after this time; longer than any attempt may last.
LEASE = timedelta(minutes=10)
MOST_ERROR = 200
# The kinds of mail that are about no request: the answers of a conversation, the group of a shared expert, an account
# of the console. Their address goes with their words.
ANSWERS, GROUP, ACCOUNT = "answers", "group", "account"
# A request for another service: one that may have arrived is never sent again.
HANDOVER = "handover"

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Mail:
    """One e-mail as text. `id` stays the same over all attempts."""

    recipient: str
    subject: str
    body: str
    reply_to: str | None = None
    id: str = ""
    kind: str = ""


class Outbox:
    """What waits to be sent. `put` writes within the caller's transaction, the other calls make their own."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def put(
        self, session: Session, mail: Mail, kind: str, conversation_id: str, request_id: str | None = None
    ) -> str:
        """Write a mail down, to be sent from now on, and return its id; it is erased with its conversation."""
        now, mail_id = self._clock(), new_id()
        session.add(
            OutboxRow(
                id=mail_id,
                conversation_id=conversation_id,
                request_id=request_id,
                kind=kind,
                recipient=mail.recipient,
                reply_to=mail.reply_to,
                subject=mail.subject,
                body=mail.body,
                state=DUE,
                next_at=now,
                created_at=now,
            )
        )
        return mail_id

    def claim(self) -> Mail | None:
        """Return the mail that has waited longest, kept from other senders for a while; None where none is due."""
        now = self._clock()
        waiting = select(OutboxRow).where(OutboxRow.state == DUE, OutboxRow.next_at <= now)
        first = waiting.order_by(OutboxRow.next_at).limit(1).with_for_update(skip_locked=True)
        with self._transactions.write() as session:
            row = session.scalar(first)
            if row is None:
                return None
            row.attempts += 1
            row.next_at = now + LEASE
            if row.kind == HANDOVER:
                row.state = ONCE
            return Mail(row.recipient, row.subject, row.body, row.reply_to, row.id, row.kind)

    def sent(self, mail: Mail) -> None:
        """Note that a mail has left."""
        self._finish(mail, SENT, None)

    def refused(self, mail: Mail, why: str) -> None:
        """Note that the other side does not take a mail, now or later."""
        self._finish(mail, REFUSED, why)

    def unconfirmed(self, mail: Mail, why: str) -> None:
        """Note that nobody can tell whether a mail arrived: it is not sent again."""
        self._finish(mail, GIVEN_UP, why)

    def give_up_lost(self) -> None:
        """Give up what a sender that died was sending, where a second time would do harm."""
        lost = (OutboxRow.state == ONCE) & (OutboxRow.next_at <= self._clock())
        with self._transactions.read() as session:
            ids = list(session.scalars(select(OutboxRow.id).where(lost)))
        for each in ids:
            with self._transactions.write() as session:
                row = session.get(OutboxRow, each)
                if row is not None and row.state == ONCE:
                    self._close(row, GIVEN_UP, "its sender died")

    def bounced(self, mail_id: str, why: str) -> bool:
        """Note that a mail came back after it had left; False where it is unknown, or erased since."""
        with self._transactions.write() as session:
            row = session.get(OutboxRow, mail_id, with_for_update=True)
            if row is not None:
                self._close(row, REFUSED, why)
            return row is not None

    def delayed(self, mail: Mail, why: str) -> None:
        """Note that an attempt failed: the mail is tried again later, or given up after the last one."""
        with self._transactions.write() as session:
            row = session.get(OutboxRow, mail.id)
            if row is None:  # erased meanwhile
                return
            if row.attempts > len(PAUSES):
                self._close(row, GIVEN_UP, why)
            else:
                row.state, row.next_at = DUE, self._clock() + PAUSES[row.attempts - 1]
                row.error = why[:MOST_ERROR]

    def _finish(self, mail: Mail, state: str, why: str | None) -> None:
        with self._transactions.write() as session:
            row = session.get(OutboxRow, mail.id)
            if row is not None:
                self._close(row, state, why)

    def _close(self, row: OutboxRow, state: str, why: str | None) -> None:
        row.state, row.error, row.finished_at = state, why and why[:MOST_ERROR], self._clock()
        row.subject, row.body = "", ""
        if row.kind in (ANSWERS, GROUP, ACCOUNT):
            row.recipient = ""
