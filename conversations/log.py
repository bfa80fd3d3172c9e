"""The record of conversations: every message is written here before and after it is handled."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker

from conversations import holding, interest_rows, listing, owner_rows, passages, reading, store, turn_writing
from conversations.beginning import begin
from conversations.erasing import Erased, erase, found, traces
from conversations.errors import UnknownConversation
from conversations.models import ConversationRow, OpeningRow, TurnRow
from conversations.signing import OwnerToken
from conversations.tokens import new_id
from conversations.turn_writing import Arrival, BotMessage, Outcome
from conversations.views import ANSWERED, FAILED, RECEIVED, Conversation, Message, Opening, Turn

Clock = Callable[[], datetime]


class ConversationLog:
    """The record, one short transaction a call.

    `clock` returns the present moment with its time zone. Every call on a conversation raises
    UnknownConversation once it has been erased.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._reading = sessionmaker(engine, future=True, expire_on_commit=False)
        self._writing = sessionmaker(store.writing(engine), future=True, expire_on_commit=False)
        self._lasting, self._soon = store.writing(engine), store.writing(engine, lasting=False)
        self._turnstile = store.turnstile(engine)

    def start(
        self, channel: str = "web", territory: Mapping[str, Any] | None = None
    ) -> tuple[str, Conversation]:
        """Open a conversation; return the key of the owner's token, which is not kept, and the conversation."""
        now = self._clock()
        key, row = begin(channel, territory, now)
        with self._write() as session:
            session.add(row)
            session.flush()
            session.add(holding.first_token(row, now))
        return key, reading.conversation_view(row)

    def by_token(self, token: OwnerToken) -> Conversation:
        """Return the conversation whose owner holds `token`; shown for the first time, it replaces the one before."""
        now = self._clock()
        with self._engine.begin() as connection:
            row, is_new = holding.holder_of(connection, token, now)
            conversation = reading.conversation_view(row)
        if is_new:
            with self._write() as session:
                holding.note_shown(session.connection(), _locked(session, conversation.id).id, token, now)
        return conversation

    def any_unsigned(self, channel: str) -> bool:
        """Tell whether an owner on this channel may still hold a token of before they were signed."""
        with self._reading.begin() as session:
            return holding.any_unsigned(session, channel)

    def by_id(self, conversation_id: str) -> Conversation:
        """Return the conversation as it stands now."""
        with self._reading.begin() as session:
            return reading.conversation_view(session.get(ConversationRow, conversation_id))

    def open_turn(self, conversation: Conversation, need: str | None = None) -> Turn:
        """Begin the opening turn, where the bot greets and nobody has spoken.

        `need` is the code the page that opens knows; it is kept with the conversation's territory until a turn
        is answered.
        """
        with self._write() as session:
            owner = _locked(session, conversation.id)
            now = self._clock()
            row = TurnRow(id=new_id(), conversation_id=owner.id, state=RECEIVED, attempts=0, received_at=now)
            session.add(row)
            session.flush()
            session.add(
                OpeningRow(conversation_id=owner.id, turn_id=row.id, territory=owner.territory, need=need)
            )
            return reading.turn_of(row)

    def opening_due(self, conversation_id: str) -> Opening | None:
        """Return the opening that failed, as long as nothing was answered since; else None."""
        with self._reading.begin() as session:
            return reading.find_opening(session, conversation_id)

    def receive(self, conversation: Conversation, message_id: str, text: str) -> Turn:
        """Write down what the owner said; a `message_id` known already returns its turn unchanged."""
        return self.take(conversation, message_id, text).turn

    def take(self, conversation: Conversation, message_id: str, text: str) -> Arrival:
        """Do the same, and return with the turn how its conversation stands.

        A power cut may take it until its answer or its failure is written, before which its owner is told nothing.
        """
        with self._turnstile, self._soon.begin() as connection:
            owner = owner_rows.locked(connection, conversation.id)
            return turn_writing.receive(connection, owner, message_id, text, self._clock())

    def take_as(self, token: OwnerToken, message_id: str, text: str) -> tuple[Conversation, Arrival]:
        """Do the same for the conversation whose owner holds `token`, and return it too."""
        with self._turnstile, self._soon.begin() as connection:
            now = self._clock()
            owner, is_new = holding.holder_of(connection, token, now, locked=True)
            if is_new:
                holding.note_shown(connection, owner.id, token, now)
            arrival = turn_writing.receive(connection, owner, message_id, text, now)
        return reading.conversation_view(owner), arrival

    def answer(
        self,
        turn: Turn,
        messages: Sequence[BotMessage],
        understood: Mapping[str, Any],
        territory: Mapping[str, Any] | None = None,
        listed: bool = True,
    ) -> Turn:
        """Write down the bot's answer, in place of an earlier notice of failure.

        `understood` is kept as it is; its `model_id` also on its own. `territory`, when the turn told it,
        becomes that of the conversation. A turn answered already is returned unchanged. Lists and searches know of
        it at once, or where not `listed` once Listing has been there.
        """
        return self._finish(turn, Outcome(ANSWERED, messages, None, understood, territory), listed)

    def fail(self, turn: Turn, messages: Sequence[BotMessage], reason: str) -> Turn:
        """Write down that the turn could not be answered, why (one word), and what the owner was told."""
        return self._finish(turn, Outcome(FAILED, messages, reason))

    def transcript(self, conversation: Conversation, after: int | None = None) -> list[Message]:
        """Return the messages in order, those with an id above `after` when it is given."""
        with self._engine.begin() as connection:
            return reading.messages_after(connection, conversation.id, after or 0)

    def delete(self, conversation: Conversation) -> Erased:
        """Erase the conversation and all that was said in it, down to the database's free pages and log.

        Return what was there.
        """
        with self._write() as session:
            _locked(session, conversation.id)
            removed = found(session, conversation.id, self._clock())
            interest_rows.leave(session, conversation.id, self._clock())
            erase(session, conversation.id, removed.at)
        passages.forget_deleted(self._engine)
        store.wipe_log(self._engine)
        return removed

    def traces(self, conversation: Conversation) -> int:
        """Return in how many places of the record the conversation can still be found."""
        with self._reading.begin() as session:
            return traces(session, conversation.id)

    def check(self) -> None:
        """Ask the database whether it is there; raises SQLAlchemyError when it is not."""
        store.answers(self._engine)

    def close(self) -> None:
        """Give the database connections back."""
        self._engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with self._turnstile, self._writing.begin() as session:
            yield session

    def _finish(self, turn: Turn, outcome: Outcome, listed: bool = True) -> Turn:
        if not listed:
            with self._turnstile, self._lasting.begin() as connection:
                return turn_writing.finish(connection, turn, outcome, self._clock())
        with self._write() as session:
            finished = turn_writing.finish(session.connection(), turn, outcome, self._clock())
            listing.catch_up(session, turn.conversation_id)
        return finished


def _locked(session: Session, conversation_id: str) -> ConversationRow:
    """Return the row, held until the transaction ends, so that two processes write one after the other."""
    row = session.get(ConversationRow, conversation_id, with_for_update=True)
    if row is None:
        raise UnknownConversation(conversation_id)
    return row
