"""Server-sent events: each stored message of a conversation, as it is stored."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from conversations.errors import UnknownConversation
from conversations.views import Conversation
from portal.metrics import Metrics
from portal.turns import TurnDesk

# A comment without words: listeners pass over it, and no proxy takes the stream for dead.
HEARTBEAT = ":\n\n"


class EventStream:
    """The stream of one listener. It ends with its listener, when the conversation is erased or the portal stops."""

    def __init__(
        self, desk: TurnDesk, conversation: Conversation, metrics: Metrics, heartbeat: float
    ) -> None:
        self._desk = desk
        self._conversation = conversation
        self._metrics = metrics
        self._heartbeat = heartbeat
        self._rung = desk.bell.listen(conversation.id)
        self._left = False

    async def events(self, after: int) -> AsyncGenerator[str, None]:
        """Yield the messages numbered above `after`, then each new one, and heartbeats in between."""
        self._metrics.streams.inc()
        try:
            while not (self._left or self._desk.bell.closed):
                self._rung.clear()
                news = await self._desk.transcript(self._conversation, after)
                after = news[-1]["id"] if news else after
                while news:  # nothing that was said is held on to while nothing is said
                    yield as_event(news.pop(0))
                # The record is looked at after each heartbeat too: another process may have written to it.
                if not await self._rings():
                    yield HEARTBEAT
        except UnknownConversation:
            return
        finally:
            self._metrics.streams.dec()
            self._desk.bell.leave(self._conversation.id, self._rung)

    def leave(self) -> None:
        """End the stream: nobody listens any more."""
        self._left = True
        self._rung.set()

    async def _rings(self) -> bool:
        """Wait for the bell, a heartbeat long at most; tell whether it rang.

        By a timer, not `asyncio.wait_for`: hundreds of listeners wait at any time, and that makes a task for each.
        """
        quiet = []
        timer = asyncio.get_running_loop().call_later(
            self._heartbeat, lambda: (quiet.append(True), self._rung.set())
        )
        try:
            await self._rung.wait()
        finally:
            timer.cancel()
        return not quiet


class EventResponse(Response):
    """The answer that sends a stream's events numbered above `after`.

    The library's own holds a group of tasks for each listener, three times what one takes here.
    """

    media_type = "text/event-stream"

    def __init__(self, stream: EventStream, after: int, headers: Mapping[str, str]) -> None:
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._stream = stream
        self._after = after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the stream ends, or its listener goes."""
        leaving = asyncio.ensure_future(_gone(receive))
        leaving.add_done_callback(lambda _: self._stream.leave())
        try:
            await send(
                {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
            )
            async with aclosing(self._stream.events(self._after)) as events:
                async for event in events:
                    await send({"type": "http.response.body", "body": event.encode(), "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            leaving.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def as_event(message: dict[str, Any]) -> str:
    """Return the message as one event; its JSON holds no line break, so one data line is enough."""
    return f"id: {message['id']}\nevent: message\ndata: {json.dumps(message, ensure_ascii=False)}\n\n"
