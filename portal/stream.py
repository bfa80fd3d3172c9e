"""Server-sent events: each stored message of a conversation, as it is stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from conversations.errors import UnknownConversation
from conversations.views import Conversation
from portal.metrics import Metrics
from portal.turns import TurnDesk

# A comment without words: listeners pass over it, and no proxy takes the stream for dead.
HEARTBEAT = ":\n\n"


class EventStream:
    """The stream of one listener. It ends when the conversation is erased or the portal stops."""

    def __init__(
        self, desk: TurnDesk, conversation: Conversation, metrics: Metrics, heartbeat: float
    ) -> None:
        self._desk = desk
        self._conversation = conversation
        self._metrics = metrics
        self._heartbeat = heartbeat

    async def events(self, after: int) -> AsyncIterator[str]:
        """Yield the messages numbered above `after`, then each new one, and heartbeats in between."""
        bell = self._desk.bell
        rung = bell.listen(self._conversation.id)
        self._metrics.streams.inc()
        try:
            while not bell.closed:
                rung.clear()
                news = await self._desk.transcript(self._conversation, after)
                after = news[-1]["id"] if news else after
                while news:  # nothing that was said is held on to while nothing is said
                    yield as_event(news.pop(0))
                # The record is looked at after each heartbeat too: another process may have written to it.
                if not await self._rings(rung):
                    yield HEARTBEAT
        except UnknownConversation:
            return
        finally:
            self._metrics.streams.dec()
            bell.leave(self._conversation.id, rung)

    async def _rings(self, rung: asyncio.Event) -> bool:
        """Wait for the bell, a heartbeat long at most; tell whether it rang.

        By a timer, not `asyncio.wait_for`: hundreds of listeners wait at any time, and that makes a task for each.
        """
        quiet = []
        timer = asyncio.get_running_loop().call_later(
            self._heartbeat, lambda: (quiet.append(True), rung.set())
        )
        try:
            await rung.wait()
        finally:
            timer.cancel()
        return not quiet


def as_event(message: dict[str, Any]) -> str:
    """Return the message as one event; its JSON holds no line break, so one data line is enough."""
    return f"id: {message['id']}\nevent: message\ndata: {json.dumps(message, ensure_ascii=False)}\n\n"
