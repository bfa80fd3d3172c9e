"""Owners on the portal's page, who do what the page's scripts do (portal/static/js): send until it is answered."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

# As in conversation.js and api.js.
FIRST_PAUSE, LONGEST_PAUSE, PATIENCE = 3.0, 30.0, 30.0
# Seconds an owner waits for the last answers before going.
STAYING = 240.0
LONGEST_THOUGHT = 2.5


@dataclass
class Sent:
    """One message, and when what came of it; seconds of the monotonic clock.

    `told` is the first sign of anything: an answer, a notice, or the page's own words where the connection broke
    (`broken`). `answers` are the numbers of the messages that were seen as its answer.
    """

    message_id: str
    text: str
    at: float
    told: float | None = None
    broken: bool = False
    taken: bool = False
    answered: float | None = None
    answers: set[int] = field(default_factory=set)

    def sign(self) -> None:
        self.told = self.told or time.monotonic()

    def answer(self, numbers: Iterable[int]) -> None:
        self.sign()
        self.answered = self.answered or time.monotonic()
        self.answers.update(numbers)


@dataclass
class PageOwner:
    """One conversation on the page."""

    portal: str
    words: Sequence[str]
    draw: random.Random
    token: str = ""
    sent: list[Sent] = field(default_factory=list)
    openings: int = 0
    refusals: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)

    async def live(self) -> None:
        """Say everything, and stay until all of it is answered."""
        async with httpx.AsyncClient(base_url=self.portal, timeout=PATIENCE, trust_env=False) as self.http:
            await self._open()
            following = asyncio.create_task(self._follow())
            try:
                for words in self.words:
                    await asyncio.sleep(self.draw.uniform(0, LONGEST_THOUGHT))
                    await self._say(words)
                await self._until(lambda: all(each.answered for each in self.sent))
            finally:
                following.cancel()
                with suppress(asyncio.CancelledError):
                    await following

    async def _open(self) -> None:
        while not self.token:
            self.openings += 1
            try:
                answer = await self.http.post("/api/conversations", json={})
            except httpx.TransportError:
                await asyncio.sleep(1)
                continue
            if answer.status_code == 201:
                self.token = answer.json()["token"]
                self.http.cookies.clear()
                self.http.headers["Authorization"] = f"Bearer {self.token}"
            else:
                await asyncio.sleep(1)

    async def _say(self, words: str) -> None:
        sent = Sent(f"{self.draw.getrandbits(128):032x}", words, time.monotonic())
        self.sent.append(sent)
        turn = await self._sent(sent)
        sent.sign()
        sent.taken = True
        if turn["state"] == "answered":
            sent.answer([message["id"] for message in turn["messages"]])
        elif self.draw.random() < 0.5:  # half the owners write on, half wait for the answer
            await self._until(lambda: sent.answered is not None)

    async def _sent(self, sent: Sent) -> dict[str, Any]:
        """Post the message until the portal takes it, as outbox.js keeps it; return the turn."""
        pause, body = FIRST_PAUSE, {"text": sent.text, "message_id": sent.message_id}
        while True:
            try:
                answer = await self.http.post("/api/conversations/current/messages", json=body)
            except httpx.TransportError:
                sent.broken = sent.broken or sent.told is None
                sent.sign()
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            if answer.status_code == 200:
                return answer.json()
            sent.sign()  # put back in the box with the reason: whoever sends it again sends the same one
            self.refusals.append(f"HTTP {answer.status_code}")
            await asyncio.sleep(1)

    async def _follow(self) -> None:
        """Listen to the stream of the conversation, from the last number on after each break."""
        while True:
            with suppress(httpx.TransportError):
                await self._listen()
            await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        after = self.seen[-1] if self.seen else 0
        path = f"/api/conversations/current/events?after={after}"
        async with self.http.stream("GET", path, timeout=45) as answer:
            if answer.status_code != 200:
                self.refusals.append(f"stream: HTTP {answer.status_code}")
                return
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    self._hear(json.loads(line.removeprefix("data: ")))

    def _hear(self, message: dict[str, Any]) -> None:
        self.seen.append(message["id"])
        if message["from"] == "bot" and message["state"] == "answered":
            for sent in self.sent:
                if sent.message_id == message["message_id"]:
                    sent.answer([message["id"]])

    async def _until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + STAYING
        while not condition() and time.monotonic() < end:
            await asyncio.sleep(0.1)
