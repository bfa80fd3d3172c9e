"""What advisors do with a request: take it, hand it on, write about it, close it; each with its time."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from conversations import handling_rows as rows
from conversations.digest_rules import take_requests
from conversations.errors import AlreadyTaken, NotCovered, NotTaken, UnknownRequest
from conversations.handling_models import RequestHolderRow
from conversations.handling_views import NETWORK, Advisor, Case, Event, Sight
from conversations.letters import Letters
from conversations.outbox import Outbox
from conversations.request_models import RequestRow
from conversations.request_routes import begin
from conversations.request_views import CLOSED, NEW, NOTICE, TAKEN, Recipient, Status
from conversations.satisfaction import Survey
from conversations.transactions import Transactions

Clock = Callable[[], datetime]


class RequestHandling:
    """The requests as advisors handle them, one short transaction a call.

    Every call takes the sight of who asks and raises UnknownRequest for what is outside it, and RecordUnreachable when
    the database does not answer. `posts` tells whether mail is sent at all.
    """

    def __init__(
        self,
        transactions: Transactions,
        clock: Clock,
        outbox: Outbox,
        letters: Letters,
        survey: Survey,
        posts: bool,
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._outbox = outbox
        self._letters = letters
        self._survey = survey
        self.posts = posts

    def find(self, sight: Sight, reference: str) -> Case:
        """Return one request."""
        with self._transactions.read() as session:
            return rows.case_of(session, sight, rows.found(session, sight, reference))

    def events(self, sight: Sight, reference: str) -> list[Event]:
        """Return what happened to a request, the first first."""
        with self._transactions.read() as session:
            row, _, _ = rows.found(session, sight, reference)
            return rows.events_of(session, row.id)

    def claim(self, sight: Sight, reference: str, advisor: Advisor, instead: bool = False) -> None:
        """Take a request for `advisor`: of two at once, one does. `instead` takes it from a colleague.

        Raises AlreadyTaken with who has it, NotCovered where the owner agreed to somebody else, NotTaken where it is
        closed.
        """
        with self._transactions.write() as session:
            try:
                found = rows.locked(session, sight, reference)
            except UnknownRequest:
                rows.taken_from(session, sight, reference)
                raise
            row, _, holder = found
            if holder is not None and not (instead and rows.held_by(found, sight)):
                raise AlreadyTaken(holder.name, holder.body_name)
            if row.status not in (NEW, TAKEN):
                raise NotTaken
            if not rows.is_covered(sight.within, row):
                raise NotCovered
            rows.hold(session, row, advisor, self._clock())
            before = {"instead_of": holder.name} if holder is not None else {}
            self._change(session, row, TAKEN)
            rows.tell(session, row, "claimed", self._clock(), advisor, body=advisor.body_name, **before)

    def release(self, sight: Sight, reference: str, advisor: Advisor) -> None:
        """Give a request back to those it is for; raises NotTaken, AlreadyTaken."""
        with self._transactions.write() as session:
            row, holder = self._held(session, sight, reference)
            session.delete(holder)
            self._change(session, row, NEW)
            rows.tell(session, row, "released", self._clock(), advisor)

    def hand_on(
        self, sight: Sight, reference: str, advisor: Advisor, body: Recipient, agreed: bool, note: str
    ) -> None:
        """Give a request to another body, whose advisors see it from now on; it is new again there.

        Raises NotCovered where the words that the owner agreed to do not name that body and `agreed` (with a note of
        when and how) does not say that they agreed since, AlreadyTaken where somebody else has it.
        """
        with self._transactions.write() as session:
            found = rows.locked(session, sight, reference)
            row, route, holder = found
            if holder is not None:
                rows.held_by(found, sight)
            if not rows.is_covered(sight.within, row) or not (
                consents(sight, row, body.id) or (agreed and note.strip())
            ):
                raise NotCovered
            now = self._clock()
            if holder is not None:
                session.delete(holder)
            route = route or begin(session, row)
            before = row.recipient_name
            row.recipient_id, row.recipient_name, row.recipient_email = body.id, body.name, body.email
            row.reminders_sent, route.body_id, route.waits_since, route.routed_at = 0, body.id, now, now
            self._change(session, row, NEW)
            mail_id = self._write_to(session, row, advisor, note) if self.posts and body.email else None
            rows.tell(
                session,
                row,
                "handed_on",
                now,
                advisor,
                note,
                mail_id,
                before=before,
                body=body.name,
                agreed=agreed,
            )

    def note(self, sight: Sight, reference: str, advisor: Advisor, text: str) -> None:
        """Write a note for those who see the request."""
        with self._transactions.write() as session:
            row, _, _ = rows.locked(session, sight, reference)
            row.changed_at = self._clock()
            rows.tell(session, row, "note", row.changed_at, advisor, text)

    def close(self, sight: Sight, reference: str, advisor: Advisor, status: Status, note: str = "") -> None:
        """End a request that is taken, or open it again (`taken`). After « done » its owner is asked, once, whether it
        helped. Raises NotTaken, AlreadyTaken; ValueError for a status that ends nothing.
        """
        if status not in (*CLOSED, TAKEN):
            raise ValueError(status)
        with self._transactions.write() as session:
            row, _ = self._held(session, sight, reference, ended=True)
            before = row.status
            if status == before:
                return
            self._change(session, row, status)
            rows.tell(session, row, "status", self._clock(), advisor, note, before=before, after=status)
            if status == "done" and self._survey.ask(session, row):
                rows.tell(session, row, "asked", self._clock())

    def _held(
        self, session: Session, sight: Sight, reference: str, ended: bool = False
    ) -> tuple[RequestRow, RequestHolderRow]:
        found = rows.locked(session, sight, reference)
        holder = rows.held_by(found, sight)
        if not ended and found[0].status != TAKEN:
            raise NotTaken
        return found[0], holder

    def _change(self, session: Session, row: RequestRow, status: Status) -> None:
        row.status, row.changed_at = status, self._clock()
        session.flush()
        take_requests(session, row.conversation_id)

    def _write_to(self, session: Session, row: RequestRow, advisor: Advisor, note: str) -> str:
        view = rows.request_reading.request_view(session, row)
        mail = self._letters.handed_on(view, advisor, note)
        return self._outbox.put(session, mail, NOTICE, row.conversation_id, row.id)


def consents(sight: Sight, row: RequestRow, body_id: str) -> bool:
    """Tell whether the words agreed to cover a body: they name it, or the network that it belongs to."""
    return row.recipient_id == body_id or (row.recipient_id == NETWORK and body_id in sight.served)
