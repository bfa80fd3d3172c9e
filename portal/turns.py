"""The life of a conversation: opened, one turn after the other, erased."""

import logging
from collections.abc import Callable
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from conversations.erasing import Erased
from conversations.log import ConversationLog
from conversations.signing import OwnerTokens
from conversations.tokens import token_hash
from conversations.turn_writing import Arrival
from conversations.views import ANSWERED, FAILED, Conversation, Message, Turn
from conversations.waiting import Waiting
from edge.logs import mark, told_of
from portal import erasure
from portal.enlisting import Enlisting
from portal.fallback import Fallback
from portal.limits import MessageLimiter, TooManyMessages
from portal.metrics import Metrics
from portal.order import Bell, Locks
from portal.rasa_client import Dialogue, DialogueUnavailable, Reply, Territory
from portal.taken_over import TakenOver
from portal.text import OwnerText, read_text
from portal.wording import Wording

logger = logging.getLogger(__name__)

# The channel of the portal's own page.
WEB = "web"
# Messages that wait are answered before the next one within its turn, so many of them; with more, it waits too.
MOST_BEFORE = 10
QUEUE = "queue"
# Threads that read what listeners lack: hundreds ask at each sign of life, and those who write must not wait for them.
READERS = 4


class TurnDesk:
    """Stores, asks the dialogue engine, stores again, and says what the owner is to be told.

    The record is called on worker threads. Every call raises UnknownConversation for an unknown token.
    """

    def __init__(
        self,
        log: ConversationLog,
        waiting: Waiting,
        dialogue: Dialogue,
        fallback: Fallback,
        wording: Wording,
        limiter: MessageLimiter,
        metrics: Metrics,
        message_limit: int,
        tokens: OwnerTokens,
        taken_over: TakenOver,
        enlisting: Enlisting,
    ) -> None:
        self._log = log
        self._waiting = waiting
        self._dialogue = dialogue
        self._fallback = fallback
        self._wording = wording
        self._limiter = limiter
        self._metrics = metrics
        self.message_limit = message_limit
        self.tokens = tokens
        self._taken_over = taken_over
        self._enlisting = enlisting
        self._locks = Locks()
        self._readers = CapacityLimiter(READERS)
        self.bell = Bell()

    async def open(self, channel: str, territory: Territory | None, need: str | None) -> tuple[str, Turn]:
        """Begin a conversation; return the owner's token and the turn that greets."""
        key, conversation = await run_sync(lambda: self._log.start(channel, territory))
        token = self.tokens.give(key)
        _tell_log(conversation)
        self._metrics.conversations.labels("opened").inc()
        turn = await run_sync(self._log.open_turn, conversation, need)
        try:
            reply = await self._dialogue.open(conversation.id, territory, need)
        except DialogueUnavailable as error:
            notice = await run_sync(self._fallback.opening, territory)
            return token, await self._fail(turn, error.reason, notice)
        return token, await self._answer(turn, reply)

    async def by_token(self, token: str) -> Conversation:
        """Return the conversation of this token."""
        conversation = await run_sync(self._log.by_token, self.tokens.read(token))
        _tell_log(conversation)
        return conversation

    async def say(self, token: str, message_id: str, raw: str) -> Turn:
        """Handle one message of the owner after the earlier ones; a known `message_id` changes nothing.

        Raises TooManyMessages when the conversation must wait.
        """
        # The lock comes first of all: looking anything up before would let a later message overtake.
        holder = self.tokens.read(token)
        key = token_hash(holder.key)
        async with self._locks.of(key):
            await self._admit(key, message_id)
            words = read_text(raw, self.message_limit)
            conversation, arrival = await run_sync(self._log.take_as, holder, message_id, words.text)
            _tell_log(conversation)
            return await self._handle(conversation, arrival, words)

    async def hear(self, conversation_id: str, message_id: str, raw: str) -> Turn:
        """Do the same for a conversation of a messaging channel, which is known by its id: nobody holds its token."""
        async with self._locks.of(conversation_id):
            conversation = await run_sync(self._log.by_id, conversation_id)
            _tell_log(conversation)
            await self._admit(conversation.token_hash, message_id)
            words = read_text(raw, self.message_limit)
            arrival = await run_sync(self._log.take, conversation, message_id, words.text)
            return await self._handle(conversation, arrival, words)

    async def late(self, conversation_id: str) -> dict[str, Any]:
        """Return what the owner of a messaging channel is told while there is no answer; it is stored nowhere."""
        return await self._notice(await run_sync(self._log.by_id, conversation_id))

    async def answer_late(self, key: str, turn: Turn) -> bool:
        """Answer a turn that waits, `key` being its conversation's token hash; tell whether it is answered now.

        Raises DialogueUnavailable when the engine is away.
        """
        async with self._locks.of(key):
            waiting = await run_sync(self._waiting.now, turn)
            if waiting is None or await self._taken_over.holds(turn.conversation_id):
                return False
            return waiting.state == ANSWERED or await self._take_late(waiting)

    async def messages(self, token: str) -> list[Message]:
        """Return everything that was said in the conversation of this token."""
        return await run_sync(self._log.transcript, await self.by_token(token))

    async def transcript(self, conversation: Conversation, after: int | None) -> list[dict[str, Any]]:
        """Return the stored messages as the API shows them."""
        messages = await run_sync(self._log.transcript, conversation, after, limiter=self._readers)
        return [message.to_dict() for message in messages]

    async def erase(self, token: str) -> None:
        """Erase the conversation everywhere.

        The dialogue engine forgets first: when it cannot (DialogueUnavailable), the record still knows what
        remains to be erased, and the owner can ask again.
        """
        # Whichever of its tokens was shown, they hold one key.
        async with self._locks.of(token_hash(self.tokens.read(token).key)):
            await self._forget(await self.by_token(token))

    async def _handle(self, conversation: Conversation, arrival: Arrival, words: OwnerText) -> Turn:
        turn = arrival.turn
        if turn.state == ANSWERED:
            self._metrics.turns.labels("replayed").inc()
            return turn
        self.bell.ring(conversation.id)
        if arrival.held and (kept := await self._taken_over.keep(turn)) is not None:
            self._metrics.turns.labels("held").inc()
            self.bell.ring(conversation.id)
            return kept
        if conversation.channel == WEB and arrival.behind and (reason := await self._held_up(turn)):
            return await self._fail_in_place(turn, reason)
        notice = self._cut_notice() if words.cut else None
        return await self._take(turn, notice, arrival.unopened)

    async def _held_up(self, turn: Turn) -> str | None:
        """Answer what waits since before a turn; return why it must wait itself, None where nothing holds it up.

        It must not be answered while an earlier one waits that the engine could still answer: that one's answer
        would never come.
        """
        waiting = await run_sync(self._waiting.before, turn, MOST_BEFORE + 1)
        try:
            for earlier in waiting[:MOST_BEFORE]:
                await self._take_late(earlier)
        except DialogueUnavailable as error:
            return error.reason
        return QUEUE if len(waiting) > MOST_BEFORE else None

    async def _forget(self, conversation: Conversation) -> Erased:
        await self._dialogue.forget(conversation.id)
        removed = await run_sync(self._log.delete, conversation)
        await self._limiter.forget(conversation.token_hash)
        self._metrics.conversations.labels("erased").inc()
        self.bell.ring(conversation.id)
        return removed

    async def _admit(self, key: str, message_id: str) -> None:
        try:
            await self._limiter.admit(key, message_id)
        except TooManyMessages:
            self._metrics.turns.labels("limited").inc()
            raise

    async def _take(self, turn: Turn, notice: dict[str, Any] | None, unopened: bool) -> Turn:
        with self._metrics.turn_seconds.time():
            try:
                if unopened:
                    await self._open_again(turn.conversation_id)
                reply = await self._dialogue.turn(turn.conversation_id, turn.text, turn.message_id)
            except DialogueUnavailable as error:
                return await self._fail_in_place(turn, error.reason)
            return await self._answer(turn, reply, notice)

    async def _take_late(self, turn: Turn) -> bool:
        """Answer a turn that failed before or was broken off; what the owner was told of it then stays until it is."""
        try:
            await self._open_again(turn.conversation_id)
            reply = await self._dialogue.turn(turn.conversation_id, turn.text, turn.message_id)
        except DialogueUnavailable as error:
            await run_sync(self._waiting.postpone, turn, error.reason)
            if error.absent:
                raise
            return False
        told = turn.state == FAILED
        notice = {"text": self._wording.say("messages", "late", text=turn.text)} if told else None
        await self._answer(turn, reply, notice)
        self._metrics.late.inc()
        return True

    async def _open_again(self, conversation_id: str) -> None:
        """Tell the engine what the opening page knew, when it was away then.

        Its greeting is left out, as the owner has spoken already. An engine that refuses the opening alone is
        asked the turn all the same; one that is away raises DialogueUnavailable.
        """
        opening = await run_sync(self._log.opening_due, conversation_id)
        if opening is None:
            return
        try:
            # An opening broken off half-way leaves something there, and the engine opens only what is new to it.
            await self._dialogue.forget(conversation_id)
            reply = await self._dialogue.open(conversation_id, opening.territory, opening.need)
        except DialogueUnavailable as error:
            if error.absent:
                raise
            logger.warning("an opening could not be made up for: %s", error.reason)
            return
        await self._keep_answer(opening.turn, [], reply)

    async def _answer(self, turn: Turn, reply: Reply, notice: dict[str, Any] | None = None) -> Turn:
        if erasure.is_ordered(reply):
            return await self._erase_in_place(turn)
        messages = [notice] if notice else []
        messages += [message.kept() for message in reply.messages]
        return await self._keep_answer(turn, messages, reply, reply.territory())

    async def _keep_answer(
        self, turn: Turn, messages: list[dict[str, Any]], reply: Reply, territory: Territory | None = None
    ) -> Turn:
        understood, listed = reply.understood, False
        stored = await self._store(
            "answered", turn, lambda: self._log.answer(turn, messages, understood, territory, listed)
        )
        self._enlisting.answered()
        return stored

    async def _erase_in_place(self, turn: Turn) -> Turn:
        """Erase everything, the order included, and return the proof; where that fails, say so and keep it all."""
        conversation = await run_sync(self._log.by_id, turn.conversation_id)
        try:
            removed = await self._forget(conversation)
        except DialogueUnavailable as error:
            return await self._fail(turn, error.reason, {"text": self._wording.say("messages", "not_erased")})
        self._metrics.turns.labels("answered").inc()
        left = await run_sync(self._log.traces, conversation)
        return erasure.proof(self._wording, turn, removed, left)

    async def _fail_in_place(self, turn: Turn, reason: str) -> Turn:
        conversation = await run_sync(self._log.by_id, turn.conversation_id)
        return await self._fail(turn, reason, await self._notice(conversation))

    async def _notice(self, conversation: Conversation) -> dict[str, Any]:
        """Return why there is no answer. On the page the owner sends the message again; elsewhere the portal does."""
        say = self._fallback.message if conversation.channel == WEB else self._fallback.waiting
        # Ranking every body of a place takes some milliseconds: not on the loop that serves everybody.
        return await run_sync(say, conversation.territory)

    async def _fail(self, turn: Turn, reason: str, message: dict[str, Any]) -> Turn:
        self._metrics.failures.labels(reason).inc()
        return await self._store("failed", turn, lambda: self._log.fail(turn, [message], reason))

    async def _store(self, outcome: str, turn: Turn, write: Callable[[], Turn]) -> Turn:
        stored = await run_sync(write)
        self._metrics.turns.labels(outcome).inc()
        self.bell.ring(turn.conversation_id)
        return stored

    def _cut_notice(self) -> dict[str, Any]:
        return {"text": self._wording.say("messages", "cut", limit=self.message_limit)}


def _tell_log(conversation: Conversation) -> None:
    told_of(conversation=mark(conversation.id), channel=conversation.channel)
