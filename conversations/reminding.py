"""Recalls requests that nobody takes or answers, and tells what could not be delivered: written into the outbox."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from conversations import handling_rows as rows
from conversations.handling_models import RequestEventRow, RequestHolderRow, RequestRouteRow
from conversations.letters import Letters
from conversations.outbox import GIVEN_UP, REFUSED, SENT, Mail, Outbox
from conversations.request_models import OutboxRow, RequestRow
from conversations.request_reading import request_view
from conversations.request_views import CONFIRMATION, NEW, NOTICE, REMINDER, TAKEN, Request
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
# After how long without anybody taking or answering it a request is recalled: to the body, then to the network too.
REMINDERS = (timedelta(days=3), timedelta(days=9))
# Kinds of mail: to the network's inbox, and to the owner about a mail that failed.
NETWORK_MAIL, FAILURE = "network", "failure"


class Reminding:
    """What is due is written once each. `network` is the address of the network's inbox, if it has one.

    Raises RecordUnreachable when the database does not answer.
    """

    def __init__(
        self, transactions: Transactions, clock: Clock, outbox: Outbox, letters: Letters, network: str | None
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._outbox = outbox
        self._letters = letters
        self._network = network

    def write(self) -> int:
        """Write all that is due; return about how many requests."""
        with self._transactions.write() as session:
            return self._unclaimed(session) + self._unanswered(session) + self._undelivered(session)

    def due(self) -> list[Request]:
        """Return the requests that nobody has taken and whose next reminder is due, the oldest first."""
        with self._transactions.read() as session:
            return [request_view(session, row) for row, _ in self._waiting(session)]

    def _waiting(self, session: Session, held: bool = False) -> list[tuple[RequestRow, datetime]]:
        route, since = RequestRouteRow, func.coalesce(RequestRouteRow.waits_since, RequestRow.created_at)
        wanted = select(RequestRow, RequestRouteRow).outerjoin(route, route.request_id == RequestRow.id)
        wanted = wanted.where(RequestRow.status == NEW, self._old(RequestRow.reminders_sent, since))
        wanted = wanted.order_by(RequestRow.created_at)
        if held:
            wanted = wanted.with_for_update(skip_locked=True, of=RequestRow)
        found = session.execute(wanted).all()
        return [(row, where.waits_since if where else row.created_at) for row, where in found]

    def _unclaimed(self, session: Session) -> int:
        now = self._clock()
        due = self._waiting(session, held=True)
        for row, since in due:
            row.reminders_sent = _passed(now - since)
            view, days = request_view(session, row), (now - since).days
            reached = view.recipient.email and view.mail.get(NOTICE) == SENT
            if reached:
                self._put(session, row, self._letters.reminder(view, days), REMINDER, days)
            elsewhere = view.recipient.email != self._network
            if elsewhere and (not reached or row.reminders_sent == len(REMINDERS)):
                self._to_network(session, row, self._letters.network(view, days, view.recipient.name), days)
        return len(due)

    def _unanswered(self, session: Session) -> int:
        """Recall to advisors what they have taken and not answered."""
        now, holder = self._clock(), RequestHolderRow
        taken = select(RequestRow, holder).join(holder, holder.request_id == RequestRow.id)
        taken = taken.where(RequestRow.status == TAKEN, holder.replied_at.is_(None))
        taken = taken.where(self._old(holder.reminders_sent, holder.taken_at)).order_by(holder.taken_at)
        due = session.execute(taken.with_for_update(skip_locked=True)).all()
        for row, held in due:
            held.reminders_sent = _passed(now - held.taken_at)
            view, days = request_view(session, row), (now - held.taken_at).days
            mail = self._letters.unanswered(view, rows.holder_of(held), days)
            self._put(session, row, mail, NETWORK_MAIL, days)
            if held.reminders_sent == len(REMINDERS):
                body = held.body_name or view.recipient.name
                self._to_network(session, row, self._letters.network(view, days, body), days)
        return len(due)

    def _undelivered(self, session: Session) -> int:
        """Tell the owner and the network, once, that a body could not be written to."""
        told = RequestEventRow
        failed = select(RequestRow, OutboxRow.id).join(OutboxRow, OutboxRow.request_id == RequestRow.id)
        failed = failed.outerjoin(told, (told.mail_id == OutboxRow.id) & (told.kind == "undelivered"))
        lost = (OutboxRow.kind == NOTICE) & OutboxRow.state.in_((REFUSED, GIVEN_UP))
        failed = failed.where(RequestRow.status == NEW, lost, told.id.is_(None)).order_by(
            OutboxRow.created_at
        )
        due = session.execute(failed.with_for_update(skip_locked=True, of=RequestRow)).all()
        for row, mail_id in due:
            view = request_view(session, row)
            rows.tell(session, row, "undelivered", self._clock(), mail_id=mail_id, body=view.recipient.name)
            if view.email and CONFIRMATION not in view.mail_failed:
                self._outbox.put(session, self._letters.failure(view), FAILURE, row.conversation_id, row.id)
            if self._network and view.recipient.email != self._network:
                mail = replace(self._letters.undelivered(view), recipient=self._network)
                self._outbox.put(session, mail, NETWORK_MAIL, row.conversation_id, row.id)
        return len(due)

    def _to_network(self, session: Session, row: RequestRow, mail: Mail, days: int) -> None:
        if self._network:
            self._put(session, row, replace(mail, recipient=self._network), NETWORK_MAIL, days)

    def _put(self, session: Session, row: RequestRow, mail: Mail, kind: str, days: int) -> None:
        mail_id = self._outbox.put(session, mail, kind, row.conversation_id, row.id)
        rows.tell(session, row, "reminder", self._clock(), mail_id=mail_id, days=days, to=mail.recipient)

    def _old(self, sent: ColumnElement, since: ColumnElement) -> ColumnElement:
        now = self._clock()
        return or_(*[(sent == count) & (since <= now - age) for count, age in enumerate(REMINDERS)])


def _passed(age: timedelta, after: Sequence[timedelta] = REMINDERS) -> int:
    return sum(age >= each for each in after)
