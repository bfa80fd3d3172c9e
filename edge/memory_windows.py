"""Moving windows counted in the memory of this process.

The library `limits` counts in memory too, but its locked release reads the clock itself, keeps keys for ever, and takes
the newest event of a window for its oldest, so that whoever is refused would be told to wait too long.
"""

from collections import deque
from collections.abc import Callable

from cachetools import TLRUCache

Clock = Callable[[], float]

# Keys counted in memory at most; beyond them those that rested longest are forgotten.
MOST_KEYS = 200_000


class ClockedMemory:
    """Moving windows in the memory of this process; `clock` gives seconds. A key goes when its window is over."""

    def __init__(self, clock: Clock, most: int = MOST_KEYS) -> None:
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

    def watched(self) -> int:
        """Return how many keys are counted at the moment."""
        self._events.expire()
        return len(self._events)

    def _recent(self, key: str, expiry: int) -> deque[float]:
        _, moments = self._events.get(key, (expiry, deque()))
        since = self._clock() - expiry
        while moments and moments[0] <= since:
            moments.popleft()
        return moments
