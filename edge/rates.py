"""Counting over moving windows, for all processes in Redis where there is one, else for this one in memory."""

import logging
import math
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from anyio.to_thread import run_sync

from edge.memory_windows import Clock, ClockedMemory

logger = logging.getLogger(__name__)

# Seconds that Redis is left alone after it did not answer.
REST = 30.0
# Seconds a call to Redis may take.
PATIENCE = 0.25

T = TypeVar("T")


class Windows(Protocol):
    """Where events are counted."""

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` events, unless `limit` were passed over the last `expiry` seconds; tell whether it was."""

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return the moment of the oldest event of the window, and how many there are."""

    def clear(self, key: str) -> Any:
        """Forget what was counted under this key."""


class SharedWindows(Windows, Protocol):
    """Where all processes count; `unreachable` is what it raises when it does not answer."""

    unreachable: type[Exception]


class Window:
    """At most `limit` events over `seconds` for each key; `clock` is that of the `windows`."""

    def __init__(self, windows: Windows, clock: Clock) -> None:
        self._windows = windows
        self._clock = clock

    def take(self, limit: int, seconds: int, *key: str) -> int:
        """Count an event and return 0, or count nothing and return the whole seconds to wait."""
        name = _name(limit, seconds, key)
        if self._windows.acquire_entry(name, limit, seconds):
            return 0
        oldest, _ = self._windows.get_moving_window(name, limit, seconds)
        return max(1, math.ceil(oldest + seconds - self._clock()))

    def is_free(self, limit: int, seconds: int, *key: str) -> bool:
        """Tell whether another event could be counted now."""
        return self._windows.get_moving_window(_name(limit, seconds, key), limit, seconds)[1] < limit

    def forget(self, limit: int, seconds: int, *key: str) -> None:
        """Drop what is counted under this key."""
        self._windows.clear(_name(limit, seconds, key))


def _name(limit: int, seconds: int, key: tuple[str, ...]) -> str:
    return "/".join(("boussole", *key, str(limit), str(seconds)))


class Rates:
    """Where rates are counted.

    While Redis does not answer, memory counts from nothing; that is logged once, and `on_away` is told True, then False
    when Redis is back.
    """

    def __init__(
        self,
        clock: Clock,
        shared: SharedWindows | None = None,
        wall_clock: Clock | None = None,
        on_away: Callable[[bool], None] = lambda _away: None,
    ) -> None:
        self.memory = ClockedMemory(clock)
        self._own = Window(self.memory, clock)
        self._windows = shared
        self._shared = shared and Window(shared, wall_clock or clock)
        self._clock = clock
        self._on_away = on_away
        self._away_until: float | None = None

    async def count(self, work: Callable[[Window], T]) -> T:
        """Return what `work` makes of the window that counts at the moment."""
        if self._shared and (self._away_until is None or self._clock() >= self._away_until):
            try:
                # A neighbour on the network may be slow: not on the loop that serves everybody.
                counted = await run_sync(work, self._shared)
            except self._windows.unreachable as error:
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


def open_redis(url: str, clock: Clock) -> SharedWindows:
    """Return the windows in the Redis at `url`, which need not answer yet."""
    from edge.redis_windows import ClockedRedis

    return ClockedRedis(url, clock, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
