"""Calls to providers over HTTP: every way in which one may fail is Delayed or Refused."""

from datetime import timedelta
from typing import Any

import httpx

from portal.channels.interface import Delayed

# Longer pauses are not waited for at once: the next try asks again.
MOST_PAUSE = 3600


async def post(client: httpx.AsyncClient, address: str, **content: Any) -> httpx.Response:
    """Post and return the answer, whatever its status; raises Delayed where there is none."""
    try:
        return await client.post(address, **content)
    except httpx.HTTPError as error:
        # Its words may hold the address, and with it a token or a telephone number.
        raise Delayed(type(error).__name__) from None


def shown(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer, empty where it is none."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def asked_pause(answer: httpx.Response) -> timedelta | None:
    """Return the pause that an answer asks for in seconds."""
    return seconds(answer.headers.get("retry-after"))


def seconds(value: Any) -> timedelta | None:
    """Return a number of seconds as a pause, None for what is none."""
    text = str(value or "")
    return timedelta(seconds=min(int(text), MOST_PAUSE)) if text.isascii() and text.isdigit() else None
