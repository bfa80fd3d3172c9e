"""Answers what could not be answered at once, as soon as the dialogue engine is back."""

import asyncio
import logging

from anyio.to_thread import run_sync

from conversations.errors import RecordUnreachable, UnknownConversation
from conversations.waiting import Waiter, Waiting
from portal.rasa_client import Dialogue, DialogueUnavailable
from portal.services import Probe
from portal.turns import TurnDesk

logger = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between two rounds
SIDE_BY_SIDE = 4  # conversations answered at the same time, beside those of owners who are there


async def _there() -> bool:
    return True


class Recovery:
    """Goes through the waiting turns, at start and then every few seconds.

    Several portals may do so at once: the engine gives the same answer to the same message id, the record keeps one.
    `actions` tells whether the action server is there, without which the engine answers nothing.
    """

    def __init__(
        self,
        waiting: Waiting,
        dialogue: Dialogue,
        desk: TurnDesk,
        pause: float = PAUSE,
        actions: Probe = _there,
    ) -> None:
        self._waiting = waiting
        self._dialogue = dialogue
        self._desk = desk
        self._pause = pause
        self._actions = actions

    async def for_ever(self) -> None:
        """Do one round after the other; one that fails is left to the next."""
        while True:
            try:
                await self.round()
            except RecordUnreachable as error:
                logger.warning("waiting messages could not be looked up: %s", error)
            await asyncio.sleep(self._pause)

    async def round(self) -> int:
        """Try each waiting turn that is due; return how many were answered."""
        due = await run_sync(self._waiting.due)
        # A try that cannot succeed would only make the pause before the next one longer.
        if not due or not await self._dialogue.ready() or not await self._actions():
            return 0
        free = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(waiter: Waiter) -> bool:
            async with free:
                return await self._answers(waiter)

        return sum(await asyncio.gather(*map(one, due)))

    async def _answers(self, waiter: Waiter) -> bool:
        try:
            return await self._desk.answer_late(waiter.token_hash, waiter.turn)
        except (DialogueUnavailable, UnknownConversation, RecordUnreachable) as error:
            logger.info("a waiting message stays unanswered: %s", error)
            return False
