"""Claims work and does it, several pieces at a time, until the process stops."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from conversations.errors import RecordUnreachable

logger = logging.getLogger(__name__)
Job = TypeVar("Job")


class Rounds(Generic[Job]):
    """Claims as long as something is due, then waits to be rung, or `pause` seconds: others write to the record too."""

    def __init__(
        self,
        claim: Callable[[], Awaitable[Job | None]],
        work: Callable[[Job], Awaitable[None]],
        hands: int,
        pause: float = 1.0,
    ) -> None:
        self._claim = claim
        self._work = work
        self._hands = hands
        self._pause = pause
        self._rung = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    def ring(self) -> None:
        """Look at once."""
        self._rung.set()

    async def for_ever(self) -> None:
        """Work until cancelled; what is under way is cancelled too."""
        try:
            while True:
                self._rung.clear()
                await self._begin()
                await self._wait()
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def until_idle(self) -> None:
        """Do all that is due now, and return."""
        while True:
            self._rung.clear()
            await self._begin()
            if not self._running:
                return
            await asyncio.wait(self._running)

    async def _begin(self) -> None:
        try:
            while len(self._running) < self._hands and (job := await self._claim()) is not None:
                task = asyncio.create_task(self._do(job))
                self._running.add(task)
                task.add_done_callback(self._finished)
        except RecordUnreachable as error:
            logger.warning("the record does not answer: %s", error)

    async def _do(self, job: Job) -> None:
        try:
            await self._work(job)
        except RecordUnreachable as error:
            logger.warning("the record does not answer: %s", error)
        except (
            Exception
        ):  # a defect in one piece must not end the round of all others; its lease gives it back
            logger.exception("a piece of work failed")

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._rung.set()

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._rung.wait(), self._pause)
        except asyncio.TimeoutError:
            return
