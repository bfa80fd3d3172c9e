"""What must answer before the portal is ready."""

import logging

import httpx
from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from conversations.log import ConversationLog
from knowledge.errors import StoreUnreachable
from portal.fallback import Knowledge
from portal.services import Probe

logger = logging.getLogger(__name__)


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


def http_probe(client: httpx.AsyncClient, url: str) -> Probe:
    """Return a probe that asks for a success at `url`."""

    async def answers() -> bool:
        try:
            return (await client.get(url)).is_success
        except httpx.HTTPError:
            return False

    return answers
