"""Moving windows counted in Redis by the library `limits`, by a clock that is handed in.

Read only where there is a Redis: library and client take twenty megabytes.
"""

from typing import Any

from limits.storage import RedisStorage
from redis.exceptions import RedisError

from edge.memory_windows import Clock


class ClockedRedis(RedisStorage):
    """Moving windows in Redis; `clock` gives seconds since 1970, the same for all processes."""

    STORAGE_SCHEME = None
    unreachable = RedisError

    def __init__(self, uri: str, clock: Clock, **options: Any) -> None:
        super().__init__(uri, **options)
        self._clock = clock

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` events, unless `limit` were passed over the last `expiry` seconds; tell whether it was."""
        return bool(self.lua_acquire_window([key], [self._clock(), limit, expiry, amount]))

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return the moment of the oldest event of the window, and how many there are."""
        now = self._clock()
        moments = [float(each) for each in self.storage.lrange(key, 0, limit - 1)]
        recent = [each for each in moments if each >= now - expiry]
        return (min(recent) if recent else now), len(recent)
