"""Opens the counts of the record for the console."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.engine import Engine

from console.needs.book import NeedsBook
from conversations.bootstrap import open_statistics
from conversations.errors import RecordUnreachable
from conversations.statistics.desk import Statistics
from knowledge.territories import load_territories

logger = logging.getLogger(__name__)
PUBLISHING_SECONDS = 6 * 3600.0


def open_needs(record: Engine) -> NeedsBook:
    """Return the counts of an open record."""
    return NeedsBook(open_statistics(record), load_territories())


def publishing(statistics: Statistics) -> Callable[[], Awaitable[None]]:
    """Return the chore that counts each month once it has ended, before its conversations are deleted."""

    async def for_ever() -> None:
        while True:
            try:
                for month in await asyncio.to_thread(statistics.publish):
                    logger.info("the month %s is counted", month)
            except RecordUnreachable as error:
                logger.warning("the record does not answer (%s); months are counted later", error)
            await asyncio.sleep(PUBLISHING_SECONDS)

    return for_ever
