"""How many messages a conversation may send, and how many conversations one address may open."""

import math
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from itertools import count

Monotonic = Callable[[], float]


class TooManyMessages(RuntimeError):
    """The conversation has sent its fill; it may send again in `retry_after` whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class TooManyOpenings(RuntimeError):
    """The address has opened its fill of conversations; it may open one in `retry_after` whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class MessageLimiter:
    """At most `limit` different messages over `window` seconds for each conversation, counted in memory.

    The same message sent again is not counted again: a retry after a lost connection must come through.
    """

    def __init__(self, clock: Monotonic, limit: int = 60, window: float = 60.0) -> None:
        self._clock = clock
        self._limit = limit
        self._window = window
        self._seen: OrderedDict[str, OrderedDict[str, float]] = OrderedDict()

    def admit(self, conversation_id: str, message_id: str) -> None:
        """Count the message; raises TooManyMessages when the conversation must wait."""
        now = self._clock()
        self._drop_idle(now)
        seen = self._seen.setdefault(conversation_id, OrderedDict())
        self._drop_old(seen, now)
        if message_id in seen:
            return
        if len(seen) >= self._limit:
            oldest = next(iter(seen.values()))
            raise TooManyMessages(max(1, math.ceil(oldest + self._window - now)))
        seen[message_id] = now
        self._seen.move_to_end(conversation_id)

    def forget(self, conversation_id: str) -> None:
        """Drop what is counted for this conversation."""
        self._seen.pop(conversation_id, None)

    def watched(self) -> int:
        """Return how many conversations are counted at the moment."""
        return len(self._seen)

    def _drop_old(self, seen: OrderedDict[str, float], now: float) -> None:
        while seen and next(iter(seen.values())) <= now - self._window:
            seen.popitem(last=False)

    def _drop_idle(self, now: float) -> None:
        """Forget conversations whose last counted message is old; the oldest stand first."""
        while self._seen:
            conversation_id, seen = next(iter(self._seen.items()))
            if seen and next(reversed(seen.values())) > now - self._window:
                return
            del self._seen[conversation_id]


class OpeningLimiter:
    """At most `limit` openings over `window` seconds for each address of the network.

    This machine itself may open `near_limit`: everybody comes from there when a front proxy runs on it.
    """

    def __init__(
        self, clock: Monotonic, limit: int = 30, near_limit: int = 1200, window: float = 60.0
    ) -> None:
        self._far = MessageLimiter(clock, limit, window)
        self._near = MessageLimiter(clock, near_limit, window)
        self._numbers = count()

    def admit(self, address: str | None) -> None:
        """Count an opening from this socket address, None for a socket without; raises TooManyOpenings."""
        network = network_of(address)
        limiter = self._far if network else self._near
        try:
            limiter.admit(network or "", str(next(self._numbers)))
        except TooManyMessages as refusal:
            raise TooManyOpenings(refusal.retry_after) from refusal

    def watched(self) -> int:
        """Return how many addresses are counted at the moment."""
        return self._far.watched() + self._near.watched()


def network_of(address: str | None) -> str | None:
    """Return what is counted as one client, None for this machine itself and for what is no IP address.

    Whoever has an IPv6 address may take any other of its /64 (RFC 4291, section 2.5.1).
    """
    try:
        ip = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is None:
            return None if ip.is_loopback else str(IPv6Network((int(ip), 64), strict=False))
        ip = ip.ipv4_mapped
    return None if ip.is_loopback else str(ip)
