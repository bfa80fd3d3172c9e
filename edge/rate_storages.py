"""Where the library `limits` counts: in memory or in Redis, both by a clock that is handed in.

Its own storages of the locked release read the clock themselves, keep the keys of memory for ever, and take the newest
event of a window for its oldest, so that whoever is refused would be told to wait too long.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from cachetools import TLRUCache
from limits.storage import RedisStorage, Storage
from limits.storage.base import MovingWindowSupport

Clock = Callable[[], float]

# Keys counted in memory at most; beyond them those that rested longest are forgotten.
MOST_KEYS = 200_000


class ClockedMemory(Storage, MovingWindowSupport):
    """Moving windows in the memory of this process; `clock` gives seconds. A key goes when its window is over."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Clock, most: int = MOST_KEYS) -> None:
        super().__init__()
        self._clock = clock
        # Each value is (window in seconds, moments of the events, the oldest first).
        self._events = TLRUCache(most, ttu=lambda _key, value, _now: value[1][-1] + value[0], timer=clock)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` events, unless `limit` were passed over the last `expiry` seconds; tell whether it was."""
        moments = self._recent(key, expiry)
        if len(moments) + amount > limit:
            return False
        moments.extend([self._clock()] * amount)
        self._events[key] = (expiry, moments)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return the moment of the oldest event of the window, and how many there are."""
        moments = self._recent(key, expiry)
        return (moments[0] if moments else self._clock()), len(moments)

    def clear(self, key: str) -> None:
        """Forget what was counted under this key."""
        self._events.pop(key, None)

    def reset(self) -> None:
        """Forget everything."""
        self._events.clear()

    def check(self) -> bool:
        """Tell that memory is there."""
        return True

    def watched(self) -> int:
        """Return how many keys are counted at the moment."""
        self._events.expire()
        return len(self._events)

    def incr(self, *_args: Any, **_options: Any) -> int:
        """Refuse: fixed windows are not counted here."""
        raise NotImplementedError

    get = get_expiry = incr

    def _recent(self, key: str, expiry: int) -> deque[float]:
        _, moments = self._events.get(key, (expiry, deque()))
        since = self._clock() - expiry
        while moments and moments[0] <= since:
            moments.popleft()
        return moments


class ClockedRedis(RedisStorage):
    """Moving windows in Redis; `clock` gives seconds since 1970, the same for all processes."""

    STORAGE_SCHEME = None

    def __init__(self, uri: str, clock: Clock, **options: Any) -> None:
        super().__init__(uri, **options)
        self._clock = clock
        # Read here, as `limits` does: its client takes ten megabytes that a portal without Redis does without.
        from redis.exceptions import RedisError

        self.unreachable = RedisError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` events, unless `limit` were passed over the last `expiry` seconds; tell whether it was."""
        return bool(self.lua_acquire_window([key], [self._clock(), limit, expiry, amount]))

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return the moment of the oldest event of the window, and how many there are."""
        now = self._clock()
        moments = [float(each) for each in self.storage.lrange(key, 0, limit - 1)]
        recent = [each for each in moments if each >= now - expiry]
        return (min(recent) if recent else now), len(recent)
