"""Sends what goes out: in the order of each conversation, with growing pauses, and not for ever."""

import logging
import random
from collections.abc import Mapping
from datetime import timedelta

from anyio.to_thread import run_sync

from conversations.channel_views import Outgoing
from conversations.inbox import Clock
from conversations.outgoing import OutgoingMessages
from portal.channels.addresses import AddressBook, UnreadableAddress
from portal.channels.interface import Channel, Delayed, Refused
from portal.metrics import Metrics

logger = logging.getLogger(__name__)

FIRST_PAUSE, MOST_PAUSE = 1.0, 600.0
# What could not be sent for so long is given up; its reason is kept.
GIVE_UP = timedelta(hours=6)
OUTSIDE = "more than {hours:g} h since the owner's last message: only a template may be sent"


class Sender:
    """Hands stored messages over to their channels."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        outgoing: OutgoingMessages,
        addresses: AddressBook,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._channels = channels
        self._outgoing = outgoing
        self._addresses = addresses
        self._metrics = metrics
        self._clock = clock

    async def claim(self) -> Outgoing | None:
        """Return a message that is due, None where there is none."""
        return await run_sync(self._outgoing.claim, list(self._channels))

    async def work(self, message: Outgoing) -> None:
        """Try a claimed message once, and note what came of it."""
        try:
            provider_id = await self._send(message)
        except Refused as error:
            await self._failed(message, str(error), error.undeliverable)
        except Delayed as error:
            if self._clock() - message.created_at > GIVE_UP:
                await self._failed(message, str(error))
            else:
                self._count(message, "delayed")
                await run_sync(self._outgoing.delayed, message, str(error), self._pause(message, error.after))
        else:
            self._count(message, "sent")
            digest = provider_id and self._addresses.digest(message.channel, provider_id)
            await run_sync(self._outgoing.sent, message, digest)

    async def _send(self, message: Outgoing) -> str | None:
        channel = self._channels[message.channel]
        if channel.window is not None and message.silence(self._clock()) > channel.window:
            raise Refused(OUTSIDE.format(hours=channel.window / timedelta(hours=1)), undeliverable=True)
        try:
            address = self._addresses.unseal(message.sealed)
        except UnreadableAddress as error:
            raise Refused("the address was sealed with another secret") from error
        return await channel.send(address, message.body, message.name)

    async def _failed(self, message: Outgoing, why: str, undeliverable: bool = False) -> None:
        self._count(message, "undeliverable" if undeliverable else "failed")
        logger.warning("%s: message %s will not arrive: %s", message.channel, message.name, why)
        await run_sync(self._outgoing.failed, message, why, undeliverable)

    def _pause(self, message: Outgoing, asked: timedelta | None) -> timedelta:
        """Return the pause the provider asks for, or one that doubles, with some chance in it."""
        if asked is not None:
            return asked
        longest = min(MOST_PAUSE, FIRST_PAUSE * 2.0 ** (message.attempts - 1))
        return timedelta(seconds=longest * random.uniform(0.5, 1.0))

    def _count(self, message: Outgoing, outcome: str) -> None:
        self._metrics.channel_messages.labels(message.channel, outcome).inc()
