"""The last message of a conversation: the proof of its erasure, sent without writing anything down."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from conversations.channel_views import Caller
from conversations.tokens import new_id
from portal.channels.addresses import AddressBook, UnreadableAddress
from portal.channels.interface import Channel, Delayed, Part, Refused

logger = logging.getLogger(__name__)

# Seconds before the second and third try; nothing remains to try again from later.
PAUSES = (1.0, 5.0)


class Farewell:
    """Sends what the record must not keep."""

    def __init__(
        self, channels: Mapping[str, Channel], addresses: AddressBook, pauses: Sequence[float] = PAUSES
    ) -> None:
        self._channels = channels
        self._addresses = addresses
        self._pauses = pauses

    async def send(self, caller: Caller, parts: Sequence[Part]) -> None:
        """Send the messages, with a few tries each; what cannot leave is lost, and the log says so without whom."""
        channel = self._channels[caller.channel]
        try:
            address = self._addresses.unseal(caller.sealed)
            for part in parts:
                await self._try(channel, address, part)
        except (Refused, Delayed, UnreadableAddress) as error:
            logger.warning("%s did not take the proof of an erasure: %s", caller.channel, error)

    async def _try(self, channel: Channel, address: str, part: Part) -> None:
        for pause in self._pauses:
            try:
                await channel.send(address, part, new_id())
                return
            except Delayed:
                await asyncio.sleep(pause)
        await channel.send(address, part, new_id())
