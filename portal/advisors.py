"""Brings what advisors write to owners who are there, and ends what advisors have left."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from anyio.to_thread import run_sync

from conversations.advisor_post import AdvisorPost
from conversations.errors import RecordUnreachable
from conversations.holds import Holds

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two rounds: an owner and an advisor talk with one another


class Advisors:
    """Looks, every second, at what other processes wrote: the console need not run in this one.

    `ring` wakes those who listen to a conversation; `pass_on` hands messages over to the messaging channels.
    """

    def __init__(
        self,
        holds: Holds,
        post: AdvisorPost,
        ring: Callable[[str], None],
        pass_on: Callable[[AdvisorPost], Coroutine[Any, Any, None]],
        pause: float = PAUSE,
    ) -> None:
        self._holds = holds
        self._post = post
        self._ring = ring
        self._pass_on = pass_on
        self._pause = pause
        self._rung: set[int] = set()

    async def for_ever(self) -> None:
        """Do one round after the other; one that fails is left to the next."""
        while True:
            try:
                await self.round()
            except RecordUnreachable as error:
                logger.warning("messages of advisors could not be looked up: %s", error)
            await asyncio.sleep(self._pause)

    async def round(self) -> None:
        """End the holds that nobody keeps, and bring what is new to where the owners are."""
        await run_sync(self._holds.end_expired)
        fresh = await run_sync(self._post.fresh)
        for number in fresh.keys() - self._rung:
            self._ring(fresh[number])
        self._rung = set(fresh)
        await self._pass_on(self._post)
