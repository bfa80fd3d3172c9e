"""Whether the action server is there: one that failed at a message differs from one that is away."""

from __future__ import annotations

import asyncio
from urllib.parse import urljoin

import aiohttp
from rasa.utils.endpoints import EndpointConfig

PATIENCE = aiohttp.ClientTimeout(total=1.0)  # seconds; it is on this machine


async def answers(endpoint: EndpointConfig | None) -> bool:
    """Return whether the action server behind `endpoint` says that it is well; False without one."""
    if endpoint is None:
        return False
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(urljoin(endpoint.url, "/health")) as answer,
        ):
            return answer.ok
    except (aiohttp.ClientError, asyncio.TimeoutError):
        return False
