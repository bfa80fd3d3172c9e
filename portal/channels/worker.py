"""Answers what came in: one conversation at a time, its messages in order, each exactly once."""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from anyio.to_thread import run_sync

from conversations.channel_views import Caller, WaitingEvent
from conversations.errors import UnknownConversation
from conversations.inbox import Clock, Inbox
from conversations.log import ConversationLog
from conversations.views import FAILED, Turn
from portal import erasure
from portal.channels.farewell import Farewell
from portal.channels.interface import BotMessage, Channel, Part
from portal.channels.meaning import Meaning
from portal.limits import TooManyMessages
from portal.turns import TurnDesk
from portal.wording import Wording

logger = logging.getLogger(__name__)

# Seconds after which an owner is told that the answer is late: with what comes before and after, five at most.
PATIENCE = 3.0
# Who was told is not told again sooner, as long as no answer came.
TOLD_AGAIN = timedelta(minutes=10)
MOST_PAUSE = 10.0
# Reasons for which another try may help: nothing is wrong with the message itself.
PASSING = frozenset({"timeout", "unreachable", "away", "actions", "forbidden"})
MOST_ATTEMPTS = 6
MOST_AGE = timedelta(hours=24)
READABLE = frozenset({"text", "choice"})


class Worker:
    """Takes stored events in the order of their conversation, asks the desk, and writes what goes out.

    `kept_days` is for how long owners are told that conversations are kept; `written` is called when there is
    something to send.
    """

    def __init__(
        self,
        channels: Mapping[str, Channel],
        inbox: Inbox,
        log: ConversationLog,
        desk: TurnDesk,
        wording: Wording,
        farewell: Farewell,
        clock: Clock,
        kept_days: int,
        written: Callable[[], None] = lambda: None,
        patience: float = PATIENCE,
    ) -> None:
        self._channels = channels
        self._inbox = inbox
        self._desk = desk
        self._wording = wording
        self._farewell = farewell
        self._meaning = Meaning(log, wording)
        self._clock = clock
        self._intro = {"text": wording.say("channels", "intro", days=kept_days)}
        self._written = written
        self._patience = patience

    async def claim(self) -> Caller | None:
        """Return a conversation in which something waits, None where there is none."""
        return await run_sync(self._inbox.claim, list(self._channels))

    async def work(self, caller: Caller) -> None:
        """Answer everything that waits in a claimed conversation, and give it back."""
        told: str | None = None
        try:
            while (event := await run_sync(self._inbox.next, caller)) is not None:
                if event.kind not in READABLE and not event.text:
                    # Of an album of pictures, one sentence.
                    await self._cannot_read(caller, event, silent=event.kind == told)
                    told = event.kind
                elif not await self._answer(caller, event):
                    return
        except UnknownConversation:
            return  # erased while it was being answered
        finally:
            await run_sync(self._inbox.leave, caller)

    async def _cannot_read(self, caller: Caller, event: WaitingEvent, silent: bool) -> None:
        parts = [] if silent else self._lay_out(caller, [self._sentence(event.kind)])
        await run_sync(self._inbox.finish, caller, event, parts)
        self._written()

    async def _answer(self, caller: Caller, event: WaitingEvent) -> bool:
        """Answer one event; False where the conversation must wait, or is no more."""
        holds = self._channels[caller.channel].holds
        more = holds and self._meaning.asks_for_more(event.text)
        if more and await run_sync(self._inbox.finish_with_more, caller, event):
            self._written()
            return True
        try:
            turn = await self._ask(caller, event)
        except TooManyMessages as wait:
            await self._postpone(caller, event, float(wait.retry_after), "too many")
            return False
        except (UnknownConversation, asyncio.CancelledError):
            raise
        except Exception:  # whatever went wrong, the message was acknowledged: it is tried again, never lost
            logger.exception("an event of %s could not be answered", caller.channel)
            return await self._later(caller, event, "error")
        if erasure.is_proof(turn):
            await self._farewell.send(caller, self._lay_out(caller, [_shown(each) for each in turn.messages]))
            return False
        if turn.state == FAILED:
            return await self._later(caller, event, turn.failure or "error")
        await run_sync(self._inbox.finish, caller, event, self._parts(caller, event, turn), holds)
        self._written()
        return True

    async def _ask(self, caller: Caller, event: WaitingEvent) -> Turn:
        """Ask the desk; tell the owner when that takes long."""
        channel = self._channels[caller.channel]
        words = await run_sync(self._meaning.of, caller.conversation_id, event, channel.numbers)
        asked = asyncio.create_task(self._desk.hear(caller.conversation_id, event.provider_id, words))
        try:
            done, _ = await asyncio.wait({asked}, timeout=self._patience)
            if not done:
                await self._tell(caller, event)
            return await asked
        finally:
            asked.cancel()

    async def _later(self, caller: Caller, event: WaitingEvent, why: str) -> bool:
        """Let the event wait for another try; True where it is given up, so that what follows is not held up."""
        useless = why not in PASSING and event.attempts >= MOST_ATTEMPTS
        if useless or self._clock() - event.received_at > MOST_AGE:
            parts = self._lay_out(caller, [self._sentence("given_up")])
            await run_sync(self._inbox.give_up, caller, event, parts)
            self._written()
            return True
        await self._tell(caller, event)
        pause = min(MOST_PAUSE, 2.0**event.attempts) * random.uniform(0.5, 1.0)
        await self._postpone(caller, event, pause, why)
        return False

    async def _tell(self, caller: Caller, event: WaitingEvent) -> None:
        """Say that the answer is late, once for all that waits; again to who wrote again long after."""
        if not await run_sync(self._inbox.may_tell, caller, event, TOLD_AGAIN):
            return
        notice = await self._desk.late(caller.conversation_id)
        await run_sync(self._inbox.tell, caller, self._lay_out(caller, [notice]))
        self._written()

    async def _postpone(self, caller: Caller, event: WaitingEvent, pause: float, why: str) -> None:
        await run_sync(self._inbox.postpone, caller, event, timedelta(seconds=pause), why)

    def _parts(self, caller: Caller, event: WaitingEvent, turn: Turn) -> list[Part]:
        before = [self._intro] if event.first else []
        if event.kind not in READABLE:  # a picture with a caption
            before.append(self._sentence(event.kind))
        return self._lay_out(caller, [*before, *(_shown(message) for message in turn.messages)])

    def _lay_out(self, caller: Caller, messages: list[BotMessage]) -> list[Part]:
        return self._channels[caller.channel].lay_out(messages)

    def _sentence(self, name: str) -> dict[str, Any]:
        return {"text": self._wording.say("channels", name)}


def _shown(message: Any) -> dict[str, Any]:
    return {"text": message.text, "buttons": message.buttons}
