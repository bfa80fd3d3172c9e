"""Once a day: what is too old goes, from the dialogue engine and from the record."""

import asyncio
import logging

from anyio import from_thread
from anyio.to_thread import run_sync

from conversations.errors import RecordUnreachable
from conversations.purging import STRANGER, Purge
from portal.rasa_client import Dialogue, DialogueUnavailable

logger = logging.getLogger(__name__)

DAY, HOUR = 86_400.0, 3_600.0


class Housekeeping:
    """Erases what the retention says is due. Several portals may do so at once: what is gone is gone."""

    def __init__(self, purge: Purge, dialogue: Dialogue) -> None:
        self._purge = purge
        self._dialogue = dialogue

    async def for_ever(self) -> None:
        """Do a round a day; one that could not be finished is tried again an hour later."""
        while True:
            await asyncio.sleep(DAY if await self.finishes() else HOUR)

    async def finishes(self) -> bool:
        """Do a round and tell whether it could be finished."""
        try:
            gone = await self.round()
        except (DialogueUnavailable, RecordUnreachable) as error:
            logger.warning("old conversations could not all be erased: %s", error)
            return False
        logger.info("%s old conversations erased", gone)
        return True

    async def round(self) -> int:
        """Erase what is due and return how many conversations went.

        Raises DialogueUnavailable or RecordUnreachable; what was erased until then is, and is reported.
        """

        def forget(conversation_id: str) -> None:
            from_thread.run(self._dialogue.forget, conversation_id)

        report = await run_sync(self._purge.round, forget)
        return report.removed("conversation") + report.removed(STRANGER)
