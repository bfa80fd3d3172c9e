"""How many messages a conversation and an address may send, and how many conversations an address may open."""

from edge.addresses import network_of
from edge.rates import Rates, Window

SECONDS = 60
# Messages of a conversation and of an address, and openings of an address, in that time.
OF_CONVERSATION, OF_ADDRESS, OPENINGS = 60, 300, 30


class TooManyMessages(RuntimeError):
    """The conversation or the address has sent its fill; it may send again in `retry_after` whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class TooManyOpenings(RuntimeError):
    """The address has opened its fill of conversations; it may open one in `retry_after` whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class MessageLimiter:
    """At most `limit` different messages over `window` seconds for each sender, whatever a sender is (`kind`).

    The same message sent again is not counted again: a retry after a lost connection must come through.
    """

    def __init__(
        self, rates: Rates, limit: int = OF_CONVERSATION, window: int = SECONDS, kind: str = "conversation"
    ) -> None:
        self._rates = rates
        self._limit = limit
        self._window = window
        self._kind = kind

    async def admit(self, sender: str, message: str) -> None:
        """Count the message; raises TooManyMessages when the sender must wait."""
        wait = await self._rates.count(lambda window: self._wait(window, sender, message))
        if wait:
            raise TooManyMessages(wait)

    async def forget(self, sender: str) -> None:
        """Drop what is counted for this sender."""
        await self._rates.count(
            lambda window: window.forget(self._limit, self._window, self._kind, "all", sender)
        )

    def _wait(self, window: Window, sender: str, message: str) -> int:
        once = (1, self._window, self._kind, "one", sender, message)
        if not window.is_free(*once):
            return 0
        wait = window.take(self._limit, self._window, self._kind, "all", sender)
        if not wait:
            window.take(*once)
        return wait


class AddressLimiter:
    """At most `limit` different messages over a minute for each address of the network, in all conversations together.

    This machine itself may send `near_limit`: everybody comes from there when a front proxy runs on it.
    """

    def __init__(self, rates: Rates, limit: int = OF_ADDRESS, near_limit: int = 12_000) -> None:
        self._far = MessageLimiter(rates, limit, kind="address")
        self._near = MessageLimiter(rates, near_limit, kind="address")

    async def admit(self, address: str | None, message: str) -> None:
        """Count a message from this socket address, None for a socket without; raises TooManyMessages."""
        network = network_of(address)
        await (self._far if network else self._near).admit(network or "", message)


class OpeningLimiter:
    """At most `limit` openings over a minute for each address of the network, and `near_limit` for this machine."""

    def __init__(self, rates: Rates, limit: int = OPENINGS, near_limit: int = 1200) -> None:
        self._rates = rates
        self._limit = limit
        self._near_limit = near_limit

    async def admit(self, address: str | None) -> None:
        """Count an opening from this socket address, None for a socket without; raises TooManyOpenings."""
        network = network_of(address)
        limit = self._limit if network else self._near_limit
        wait = await self._rates.count(lambda window: window.take(limit, SECONDS, "opening", network or ""))
        if wait:
            raise TooManyOpenings(wait)
