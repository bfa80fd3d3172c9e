"""Has answers listed soon after they were given: owners have them first, advisors find them right after."""

import asyncio
import logging

from anyio.to_thread import run_sync

from conversations.errors import RecordUnreachable
from conversations.listing import AT_ONCE, Listing

logger = logging.getLogger(__name__)

# Seconds: from an answer to its listing, so that it is on its way to the owner first and several are listed in one
# go; and between two looks for what another process left behind.
SOON, PAUSE = 0.2, 30.0


class Enlisting:
    """Lists what waits, at start, soon after each answer, and from time to time.

    Several portals may do so at once: an answer is listed once.
    """

    def __init__(self, listing: Listing, soon: float = SOON, pause: float = PAUSE) -> None:
        self._listing = listing
        self._soon = soon
        self._pause = pause
        # Made by who waits for it: it belongs to that loop.
        self._answered: asyncio.Event | None = None

    def answered(self) -> None:
        """Tell that there is an answer to list."""
        if self._answered is not None:
            self._answered.set()

    async def for_ever(self) -> None:
        """Do one round after the other; one that fails is left to the next."""
        self._answered = asyncio.Event()
        while True:
            self._answered.clear()
            try:
                await self.round()
            except RecordUnreachable as error:
                logger.warning("answers could not be listed: %s", error)
            await self._news()

    async def round(self) -> int:
        """List what waits; return how many answers."""
        listed, more = 0, True
        while more:
            waiting = await run_sync(self._listing.behind)
            for conversation_id in waiting:
                listed += await run_sync(self._listing.catch_up, conversation_id)
            more = len(waiting) == AT_ONCE
        return listed

    async def _news(self) -> None:
        try:
            await asyncio.wait_for(self._answered.wait(), self._pause)
        except asyncio.TimeoutError:
            return
        await asyncio.sleep(self._soon)
