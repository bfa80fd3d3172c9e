"""The messaging channels as one: what is called, and what works behind."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from anyio.to_thread import run_sync

from conversations.advisor_post import AdvisorPost, Unrouted
from conversations.errors import RecordUnreachable
from conversations.inbox import Clock, Inbox
from conversations.log import ConversationLog
from conversations.outgoing import OutgoingMessages
from portal.channels.addresses import AddressBook
from portal.channels.delivery import Sender
from portal.channels.farewell import Farewell
from portal.channels.intake import Intake
from portal.channels.interface import Channel
from portal.channels.rounds import Rounds
from portal.channels.worker import PATIENCE, Worker
from portal.metrics import Metrics
from portal.turns import TurnDesk
from portal.wording import Wording

logger = logging.getLogger(__name__)

# Meta sends up to 3 MB in one call.
BODY_LIMIT = 3 * 1024 * 1024 + 1024
# Conversations answered, and messages sent, at the same time.
ANSWERING, SENDING = 32, 16
# Added to the settling time, so that what was stored is due when it is looked at.
AFTER = 0.02


@dataclass(frozen=True)
class Materials:
    """What the channels are made over; `alone` tells that no other portal works on the same record."""

    inbox: Inbox
    outgoing: OutgoingMessages
    log: ConversationLog
    desk: TurnDesk
    addresses: AddressBook
    wording: Wording
    metrics: Metrics
    clock: Clock
    kept_days: int
    alone: bool
    patience: float = PATIENCE


async def nothing() -> None:
    """Do nothing: there is nothing to close."""


class Channels:
    """The channels that are set up, with their intake, their worker and their sender."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        materials: Materials,
        close: Callable[[], Awaitable[None]] = nothing,
    ) -> None:
        self._channels = channels
        self._materials = made = materials
        self._close = close
        self.intake = Intake(channels, made.inbox, made.outgoing, made.addresses, made.metrics, self._ring)
        sender = Sender(channels, made.outgoing, made.addresses, made.metrics, made.clock)
        self.sending = Rounds(sender.claim, sender.work, SENDING)
        worker = Worker(
            channels,
            made.inbox,
            made.log,
            made.desk,
            made.wording,
            Farewell(channels, made.addresses),
            made.clock,
            made.kept_days,
            self.sending.ring,
            made.patience,
        )
        self.answering = Rounds(worker.claim, worker.work, ANSWERING)

    async def for_ever(self) -> None:
        """Answer and send until cancelled, beginning with what an earlier process left.

        Without any channel this is over at once.
        """
        if not self._channels:
            return
        if self._materials.alone:
            await self._recover()
        await asyncio.gather(self.answering.for_ever(), self.sending.for_ever())

    async def pass_on(self, post: AdvisorPost) -> None:
        """Hand what advisors wrote over to the channels of their conversations, with who says it."""
        waiting = await run_sync(post.unrouted, list(self._channels)) if self._channels else []
        for message in waiting:
            parts = self._channels[message.caller.channel].lay_out([{"text": self._signed(message)}])
            await run_sync(post.route, message, parts)
        if waiting:
            self.sending.ring()

    def _signed(self, message: Unrouted) -> str:
        if message.custom.get("type") != "advisor":
            return message.text
        who = {"name": message.custom.get("name"), "body": message.custom.get("body")}
        return self._materials.wording.say("channels", "advisor", **who, text=message.text)

    async def aclose(self) -> None:
        """Close the connections to the providers."""
        await self._close()

    async def _recover(self) -> None:
        try:
            await run_sync(self._materials.inbox.recover)
            reporting = [name for name, channel in self._channels.items() if channel.reports]
            await run_sync(self._materials.outgoing.recover, reporting)
        except RecordUnreachable as error:
            logger.warning("what was under way is left to its leases: %s", error)

    def _ring(self) -> None:
        pause = self._materials.inbox.settle.total_seconds() + AFTER
        asyncio.get_running_loop().call_later(pause, self.answering.ring)
