"""Conversations that an advisor has taken over: the owner's messages wait for them, not for the assistant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from conversations import advisor_rows, digests, passages, reading
from conversations.advisor_models import HeldTurnRow, HoldRow
from conversations.channel_models import CorrespondentRow, InboundEventRow
from conversations.channel_views import RECEIVED as COME_IN
from conversations.errors import AlreadyTaken, NotTaken, UnknownConversation
from conversations.handling_views import Advisor
from conversations.letters import Letters
from conversations.models import ConversationRow, TurnRow
from conversations.transactions import Transactions
from conversations.views import ANSWERED, FAILED, Turn

Clock = Callable[[], datetime]
# A hold ends by itself when its advisor has not written for so long.
IDLE = timedelta(minutes=10)
# Why a turn that was held is to be answered after all.
HELD = "held"
Ending = Literal["given_back", "expired", "left"]


@dataclass(frozen=True)
class Hold:
    """Who has a conversation, since when, and until when if they write nothing."""

    conversation_id: str
    account_id: str
    name: str
    body_name: str | None
    since: datetime
    until: datetime


class Holds:
    """The holds, one short transaction a call. Each raises RecordUnreachable when the database does not answer."""

    def __init__(
        self, transactions: Transactions, clock: Clock, letters: Letters, idle: timedelta = IDLE
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._letters = letters
        self.idle = idle

    def of(self, conversation_id: str) -> Hold | None:
        """Return the hold on a conversation, None where nobody has it (any more)."""
        with self._transactions.read() as session:
            row = session.get(HoldRow, conversation_id)
            return row and _view(row) if self._lasts(row) else None

    def take(self, conversation_id: str, advisor: Advisor) -> Hold:
        """Take a conversation over, and tell its owner; who has it already keeps it.

        Raises AlreadyTaken with who has it, UnknownConversation where it is gone.
        """
        now = self._clock()
        with self._transactions.write() as session:
            _locked(session, conversation_id)
            row = session.get(HoldRow, conversation_id)
            if row is not None and self._lasts(row):
                if row.account_id != advisor.account_id:
                    raise AlreadyTaken(row.name, row.body_name)
                row.until = now + self.idle
                return _view(row)
            if row is not None:
                self._end(session, row, "expired", now)
            row = HoldRow(
                conversation_id=conversation_id, since=now, until=now + self.idle, acknowledged=False
            )
            row.account_id, row.name, row.body_name = advisor.account_id, advisor.name, advisor.body_name
            session.add(row)
            self._tell(session, row, "joined", now)
            return _view(row)

    def stay(self, conversation_id: str, advisor: Advisor) -> None:
        """Let the lease begin anew; raises NotTaken."""
        with self._transactions.write() as session:
            self._mine(session, conversation_id, advisor).until = self._clock() + self.idle

    def say(self, conversation_id: str, advisor: Advisor, text: str) -> None:
        """Write to the owner in a conversation that is held: what waited is answered with that. Raises NotTaken."""
        now = self._clock()
        with self._transactions.write() as session:
            row = self._mine(session, conversation_id, advisor)
            row.until = now + self.idle
            session.execute(delete(HeldTurnRow).where(HeldTurnRow.conversation_id == conversation_id))
            _settle_failed(session, conversation_id, now)
            advisor_rows.post(session, conversation_id, text, card_of(advisor), now, advisor.account_id)

    def give_back(self, conversation_id: str, advisor: Advisor) -> None:
        """Let the assistant answer again, first what nobody has answered; raises NotTaken."""
        with self._transactions.write() as session:
            row = self._mine(session, conversation_id, advisor)
            self._end(session, row, "given_back", self._clock())

    def leave(self, conversation_id: str) -> None:
        """End a hold because its owner wants something that only the assistant does; nothing where there is none."""
        with self._transactions.write() as session:
            if session.get(ConversationRow, conversation_id, with_for_update=True) is not None:
                row = session.get(HoldRow, conversation_id)
                if row is not None:
                    self._end(session, row, "left", self._clock())

    def end_expired(self) -> list[str]:
        """End the holds whose advisors have not written for too long; return their conversations."""
        late = select(HoldRow.conversation_id).where(HoldRow.until <= self._clock())
        with self._transactions.read() as session:
            found = list(session.scalars(late))
        return [each for each in found if self._expire(each)]

    def keep(self, turn: Turn) -> Turn | None:
        """Keep a message from the assistant, where its conversation is held, and return its turn; else None.

        The first of a hold is acknowledged in words; a turn kept before is returned as it is.
        """
        with self._transactions.read() as session:
            hold = session.get(HoldRow, turn.conversation_id)
        if hold is None:
            return None
        if not self._lasts(hold):  # what waited is to be answered before this message
            self._expire(turn.conversation_id)
            return None
        now = self._clock()
        with self._transactions.write() as session:
            owner = _locked(session, turn.conversation_id)
            hold, row = session.get(HoldRow, owner.id), session.get(TurnRow, turn.id)
            if not self._lasts(hold):
                return None
            if row.state != ANSWERED:
                row.state, row.failure, row.finished_at = ANSWERED, None, now
                row.attempts += 1
                session.add(HeldTurnRow(turn_id=row.id, conversation_id=owner.id, at=now))
                if not hold.acknowledged:
                    hold.acknowledged = True
                    text = self._letters.in_conversation("held", name=hold.name, body=hold.body_name)
                    advisor_rows.add_message(
                        session, owner, row, text, {"type": "hold", "state": "held"}, now
                    )
                session.flush()
                digests.finished(session, owner, row)
                passages.note(session.connection(), row)
            return reading.turn_view(session, row)

    def _expire(self, conversation_id: str) -> bool:
        with self._transactions.write() as session:
            if session.get(ConversationRow, conversation_id, with_for_update=True) is None:
                return False
            row = session.get(HoldRow, conversation_id)
            if row is None or self._lasts(row):
                return False
            self._end(session, row, "expired", self._clock())
            return True

    def _end(self, session: Session, row: HoldRow, ending: Ending, now: datetime) -> None:
        self._tell(session, row, ending, now)
        _reopen(session, row.conversation_id, now)
        session.delete(row)
        session.flush()

    def _tell(self, session: Session, row: HoldRow, state: str, now: datetime) -> None:
        text = self._letters.in_conversation(state, name=row.name, body=row.body_name)
        card = {"type": "hold", "state": state, "name": row.name, "body": row.body_name}
        advisor_rows.post(session, row.conversation_id, text, card, now)

    def _mine(self, session: Session, conversation_id: str, advisor: Advisor) -> HoldRow:
        _locked(session, conversation_id)
        row = session.get(HoldRow, conversation_id)
        if not self._lasts(row) or row.account_id != advisor.account_id:
            raise NotTaken
        return row

    def _lasts(self, row: HoldRow | None) -> bool:
        return row is not None and row.until > self._clock()


def card_of(advisor: Advisor) -> dict[str, Any]:
    """Return what a message of an advisor says of who speaks."""
    return {"type": "advisor", "name": advisor.name, "body": advisor.body_name}


def _locked(session: Session, conversation_id: str) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id, with_for_update=True)
    if row is None:
        raise UnknownConversation(conversation_id)
    return row


def _reopen(session: Session, conversation_id: str, now: datetime) -> None:
    """Let what the advisor did not answer be answered by the assistant: on the page late, on channels once more."""
    turns = session.scalars(
        select(TurnRow)
        .join(HeldTurnRow, HeldTurnRow.turn_id == TurnRow.id)
        .where(HeldTurnRow.conversation_id == conversation_id)
    ).all()
    for turn in turns:
        turn.state, turn.failure, turn.finished_at = FAILED, HELD, now
        came_in = (InboundEventRow.conversation_id == conversation_id) & (
            InboundEventRow.provider_id == turn.message_id
        )
        session.execute(
            update(InboundEventRow)
            .where(came_in)
            .values(
                state=COME_IN, text=turn.text, finished_at=None, attempts=0, failure=None, received_at=now
            )
        )
    owner = session.get(CorrespondentRow, conversation_id)
    if owner is not None and turns:
        owner.due_at = now
    session.execute(delete(HeldTurnRow).where(HeldTurnRow.conversation_id == conversation_id))


def _settle_failed(session: Session, conversation_id: str, now: datetime) -> None:
    """Count what the assistant could not answer before the hold as answered by the advisor."""
    failed = update(TurnRow).where(TurnRow.conversation_id == conversation_id, TurnRow.state == FAILED)
    session.execute(failed.values(state=ANSWERED, finished_at=now))


def _view(row: HoldRow) -> Hold:
    return Hold(row.conversation_id, row.account_id, row.name, row.body_name, row.since, row.until)
