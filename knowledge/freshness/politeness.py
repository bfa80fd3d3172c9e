"""At most one request a second to each host, and a few at a time in all."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

SECONDS_BETWEEN, AT_ONCE = 1.0, 16


class Politeness:
    """Holds requests back; the clock (seconds) and the pause are given, so that tests need not wait."""

    def __init__(
        self,
        seconds: float = SECONDS_BETWEEN,
        at_once: int = AT_ONCE,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ):
        self._seconds, self._clock, self._pause = seconds, clock, pause
        self._free = asyncio.Semaphore(at_once)
        self._hosts: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._next: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until `host` may be asked again; hosts that wait take no place from the others."""
        async with self._hosts[host]:
            wait = self._next.get(host, 0.0) - self._clock()
            if wait > 0:
                await self._pause(wait)
            async with self._free:
                self._next[host] = self._clock() + self._seconds
                yield
