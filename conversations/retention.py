"""How long the record keeps what owners said: it forgets by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conversations import handling_rows, interest_rows, passages, store
from conversations.advisor_models import OF_CONVERSATION as OF_ADVISORS
from conversations.channel_models import CorrespondentRow, InboundEventRow, OutgoingMessageRow, SeenEventRow
from conversations.digest_models import OF_CONVERSATION
from conversations.digest_rules import take_requests
from conversations.expired_sessions import ExpiredSessions
from conversations.interest_models import InterestRow
from conversations.keeping import Standing, drop_traces, kinds_of
from conversations.models import BotMessageRow, ConversationRow, OpeningRow, TokenSerialRow, TurnRow
from conversations.opinion_models import OpinionRow
from conversations.passage_models import PassageRow
from conversations.request_models import OutboxRow, RequestRow
from conversations.review_candidates import outlive
from conversations.review_models import OF_REVIEW
from conversations.statistics.models import SignRow
from conversations.strangers import Strangers
from conversations.transactions import Transactions

Clock = Callable[[], datetime]

# Providers repeat an event for up to a week (WhatsApp); after that, nobody needs to know it any more.
REPEATS = timedelta(days=8)
# What goes with a conversation, before it; requests and interests have a time of their own.
SPOKEN = (
    *OF_ADVISORS,
    *(PassageRow, SignRow, *OF_CONVERSATION, *OF_REVIEW),
    *(OpinionRow, OpeningRow, BotMessageRow, TurnRow),
    *(OutgoingMessageRow, InboundEventRow, CorrespondentRow, TokenSerialRow),
)


class Retention:
    """What is too old, and its deletion.

    A conversation goes `conversations` after the owner's last message. A request for advice goes `requests` after its
    last change, an interest `requests` after the consent: each was agreed to for itself, and may outlive the
    conversation or end before it. `strangers` are conversations that the record does not know; they go like the others.
    `sessions` says when a session of the console has run out.
    Every call raises RecordUnreachable when the database does not answer.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        conversations: timedelta,
        requests: timedelta,
        strangers: Strangers,
        traces: timedelta = timedelta(days=365),
        sessions: ExpiredSessions = ExpiredSessions(timedelta(hours=4), timedelta(hours=12)),  # noqa: B008
    ) -> None:
        self._transactions = Transactions(engine)
        self._strangers = strangers
        self._clock = clock
        self._conversations = conversations
        self._requests = requests
        self._traces = traces
        self._sessions = sessions

    def standing(self) -> list[Standing]:
        """Return of each kind of thing how much is too old now, and since when the oldest is kept."""
        now = self._clock()
        kinds = kinds_of(self._conversations, self._requests, self._traces, REPEATS)
        with self._transactions.read() as session:
            return [kind.standing(session, now) for kind in (*kinds, self._sessions)]

    def due(self) -> list[str]:
        """Return the ids of the conversations that are too old, the oldest first."""
        old = select(ConversationRow.id).where(ConversationRow.last_seen_at < self._silent_since())
        with self._transactions.read() as session:
            return list(session.scalars(old.order_by(ConversationRow.last_seen_at)))

    def drop(self, conversation_id: str) -> bool:
        """Delete a conversation with its messages; False where its owner has spoken meanwhile, or it is gone."""
        with self._transactions.write() as session:
            row = session.get(ConversationRow, conversation_id, with_for_update=True)
            if row is None or row.last_seen_at >= self._silent_since():
                return False
            outlive(session, conversation_id)
            for table in SPOKEN:
                session.execute(delete(table).where(table.conversation_id == conversation_id))
            session.delete(row)
            return True

    def drop_agreed(self) -> int:
        """Delete requests and interests that are too old, with the mail about them; return how many."""
        return self.drop_requests() + self.drop_interests()

    def drop_requests(self) -> int:
        """Delete requests that are too old, with the mail about them; return how many."""
        with self._transactions.write() as session:
            return _old_requests(session, self._clock() - self._requests)

    def drop_interests(self) -> int:
        """Delete interests that are too old; return how many."""
        with self._transactions.write() as session:
            return self._old_interests(session, self._clock() - self._requests)

    def drop_mail(self) -> int:
        """Delete what is left of old e-mails that belong to no request; return how many."""
        old = (OutboxRow.created_at < self._silent_since()) & OutboxRow.request_id.is_(None)
        return self._delete(OutboxRow, old)

    def drop_traces(self, kind: str) -> int:
        """Delete what is too old of one of TRACES; return how many."""
        return drop_traces(self._transactions, kind, self._clock() - self._traces)

    def drop_sessions(self) -> int:
        """Delete the console's sessions that nobody can use any more; return how many."""
        with self._transactions.write() as session:
            return self._sessions.drop(session, self._clock())

    def drop_strangers(self) -> int:
        """Delete what the dialogue engine keeps of old conversations without a row in the record; return how many."""
        since = self._silent_since()
        gone = 0
        for sender in self._strangers.silent(since):
            with self._transactions.read() as session:
                recorded = session.get(ConversationRow, sender) is not None
            gone += not recorded and self._strangers.drop(sender, since)
        return gone

    def forget_seen(self) -> int:
        """Forget the events of messaging channels that no provider repeats any more; return how many."""
        return self._delete(SeenEventRow, SeenEventRow.at < self._clock() - REPEATS)

    def wipe(self) -> None:
        """Take what was deleted out of the databases' own logs."""
        passages.forget_deleted(self._transactions.engine)
        store.wipe_log(self._transactions.engine)
        self._strangers.wipe()

    def _delete(self, table: Any, old: Any) -> int:
        with self._transactions.write() as session:
            return session.execute(delete(table).where(old)).rowcount

    def _old_interests(self, session: Session, before: datetime) -> int:
        old = select(InterestRow.conversation_id).where(InterestRow.consent_at < before)
        return sum(interest_rows.leave(session, each, self._clock()) for each in session.scalars(old).all())

    def _silent_since(self) -> datetime:
        return self._clock() - self._conversations


def _old_requests(session: Session, before: datetime) -> int:
    too_old = select(RequestRow.id, RequestRow.conversation_id).where(RequestRow.changed_at < before)
    old = session.execute(too_old).all()
    handling_rows.drop(session, [each.id for each in old])
    for conversation_id in {each.conversation_id for each in old}:
        take_requests(session, conversation_id)
    return len(old)
