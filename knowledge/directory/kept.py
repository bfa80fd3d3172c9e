"""Costly values, kept as long as what they are made from stays the same."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """One value that `make` makes, made anew when `version` says something else.

    Who asks while another thread makes it gets the one before: a visitor need not wait for a content that was just
    loaded.
    """

    def __init__(self, version: Callable[[], object], make: Callable[[], Value]):
        self._version, self._make = version, make
        self._held: tuple[object, Value] | None = None
        self._lock = Lock()

    def get(self) -> Value:
        """Return the value."""
        held, version = self._held, self._version()
        if held and held[0] == version:
            return held[1]
        if not self._lock.acquire(blocking=held is None):
            return held[1]
        try:
            if self._held is None or self._held[0] != version:
                self._held = (version, self._make())
            return self._held[1]
        finally:
            self._lock.release()
