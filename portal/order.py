"""One turn at a time in each conversation, and news of it for whoever listens."""

import asyncio
from weakref import WeakSet, WeakValueDictionary


class Locks:
    """A lock for each key, which goes when nobody holds it or waits for it any more."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: str) -> asyncio.Lock:
        """Return the lock of `key`; those who wait for it are served in the order they came."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock

    def held(self) -> int:
        """Return how many keys have a lock at the moment."""
        return len(self._locks)


class Bell:
    """Tells listeners in this process that something new was written."""

    def __init__(self) -> None:
        self._listeners: dict[str, WeakSet[asyncio.Event]] = {}
        self.closed = False

    def listen(self, conversation_id: str) -> asyncio.Event:
        """Return an event that is set at each ring; the listener clears it before it looks."""
        event = asyncio.Event()
        self._listeners.setdefault(conversation_id, WeakSet()).add(event)
        return event

    def leave(self, conversation_id: str, event: asyncio.Event) -> None:
        """Stop listening."""
        listeners = self._listeners.get(conversation_id, WeakSet())
        listeners.discard(event)
        if not listeners:
            self._listeners.pop(conversation_id, None)

    def ring(self, conversation_id: str) -> None:
        """Wake those who listen to this conversation."""
        for event in list(self._listeners.get(conversation_id, ())):
            event.set()

    def close(self) -> None:
        """Wake everybody for the last time: the process stops."""
        self.closed = True
        for conversation_id in list(self._listeners):
            self.ring(conversation_id)
