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
        """List what waits, as long as that gets on; return how many answers.

        Raises RecordUnreachable; what was listed until then is.
        """
        listed, gets_on = 0, True
        while gets_on:
            waiting = await run_sync(self._listing.behind)
            now = [await self._list(conversation_id) for conversation_id in waiting]
            listed += sum(now)
            gets_on = len(waiting) == AT_ONCE and any(now)
        return listed

    async def _list(self, conversation_id: str) -> int:
        try:
            return await run_sync(self._listing.catch_up, conversation_id)
        except RecordUnreachable:
            raise
        except Exception:  # whatever is wrong with one conversation, the others are to be listed
            logger.exception("the answers of a conversation could not be listed: they wait")
            return 0

    async def _news(self) -> None:
        try:
            await asyncio.wait_for(self._answered.wait(), self._pause)
        except asyncio.TimeoutError:
            return
        await asyncio.sleep(self._soon)
