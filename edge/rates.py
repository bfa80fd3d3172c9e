"""Counting over moving windows, for all processes in Redis where there is one, else for this one in memory."""

import logging
import math
from collections.abc import Callable
from typing import TypeVar

from anyio.to_thread import run_sync
from limits import RateLimitItemPerSecond
from limits.strategies import MovingWindowRateLimiter

from edge.rate_storages import Clock, ClockedMemory, ClockedRedis

logger = logging.getLogger(__name__)

# Seconds that Redis is left alone after it did not answer.
REST = 30.0
# Seconds a call to Redis may take.
PATIENCE = 0.25

T = TypeVar("T")


class Window:
    """At most `limit` events over `seconds` for each key; `clock` is that of the storage behind `counter`."""

    def __init__(self, counter: MovingWindowRateLimiter, clock: Clock) -> None:
        self._counter = counter
        self._clock = clock

    def take(self, limit: int, seconds: int, *key: str) -> int:
        """Count an event and return 0, or count nothing and return the whole seconds to wait."""
        item = RateLimitItemPerSecond(limit, seconds, "boussole")
        if self._counter.hit(item, *key):
            return 0
        free_at, _ = self._counter.get_window_stats(item, *key)
        return max(1, math.ceil(free_at - self._clock()))

    def is_free(self, limit: int, seconds: int, *key: str) -> bool:
        """Tell whether another event could be counted now."""
        return self._counter.test(RateLimitItemPerSecond(limit, seconds, "boussole"), *key)

    def forget(self, limit: int, seconds: int, *key: str) -> None:
        """Drop what is counted under this key."""
        self._counter.clear(RateLimitItemPerSecond(limit, seconds, "boussole"), *key)


class Rates:
    """Where rates are counted.

    While Redis does not answer, memory counts from nothing; that is logged once, and `on_away` is told True, then False
    when Redis is back.
    """

    def __init__(
        self,
        clock: Clock,
        shared: ClockedRedis | None = None,
        wall_clock: Clock | None = None,
        on_away: Callable[[bool], None] = lambda _away: None,
    ) -> None:
        self.memory = ClockedMemory(clock)
        self._own = Window(MovingWindowRateLimiter(self.memory), clock)
        self._redis = shared
        self._shared = shared and Window(MovingWindowRateLimiter(shared), wall_clock or clock)
        self._clock = clock
        self._on_away = on_away
        self._away_until: float | None = None

    async def count(self, work: Callable[[Window], T]) -> T:
        """Return what `work` makes of the window that counts at the moment."""
        if self._shared and (self._away_until is None or self._clock() >= self._away_until):
            try:
                # A neighbour on the network may be slow: not on the loop that serves everybody.
                counted = await run_sync(work, self._shared)
            except self._redis.unreachable as error:
                self._lost(error)
            else:
                self._back()
                return counted
        return work(self._own)

    def _lost(self, error: Exception) -> None:
        if self._away_until is None:
            logger.warning("Redis does not answer (%s): rates are counted in memory", type(error).__name__)
            self._on_away(True)
        self._away_until = self._clock() + REST

    def _back(self) -> None:
        if self._away_until is not None:
            logger.warning("Redis answers again: rates are counted there")
            self._on_away(False)
        self._away_until = None


def open_redis(url: str, clock: Clock) -> ClockedRedis:
    """Return the storage in the Redis at `url`, which need not answer yet."""
    return ClockedRedis(url, clock, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
