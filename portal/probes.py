"""What must answer before the portal is ready."""

import asyncio
import logging

from aiohttp import ClientError, ClientSession, ClientTimeout
from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from conversations.log import ConversationLog
from knowledge.errors import StoreUnreachable
from portal.fallback import Knowledge
from portal.services import Probe

logger = logging.getLogger(__name__)

# Seconds a neighbour may take to say that it is there.
PROBE_SECONDS = 3.0


def record_probe(log: ConversationLog) -> Probe:
    """Return a probe that asks the record's database."""

    async def answers() -> bool:
        try:
            await run_sync(log.check)
        except SQLAlchemyError:
            logger.warning("the record's database does not answer", exc_info=True)
            return False
        return True

    return answers


def knowledge_probe(knowledge: Knowledge) -> Probe:
    """Return a probe that asks the knowledge base for what every owner can be given."""

    async def answers() -> bool:
        try:
            return bool(await run_sync(knowledge.general_contacts, None))
        except StoreUnreachable:
            logger.warning("the knowledge base's store does not answer", exc_info=True)
            return False

    return answers


def http_probe(url: str, seconds: float = PROBE_SECONDS) -> Probe:
    """Return a probe that asks for a success at `url` within so many seconds."""
    patience = ClientTimeout(total=seconds)

    async def answers() -> bool:
        try:
            async with ClientSession(timeout=patience) as session, session.get(url) as answer:
                return answer.ok
        except (ClientError, OSError, asyncio.TimeoutError):
            return False

    return answers
