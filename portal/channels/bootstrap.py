"""Sets the messaging channels up from the settings."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy.engine import Engine

from conversations.bootstrap import open_inbox, open_outgoing, utc_now
from conversations.log import ConversationLog
from portal.channels.addresses import AddressBook
from portal.channels.interface import Channel
from portal.channels.switchboard import Channels, Materials, nothing
from portal.metrics import Metrics
from portal.secret import turn_secret
from portal.turns import TurnDesk
from portal.wording import Wording
from settings import Settings
from settings.channels import NEEDED

# Beyond a turn's timeout: one that is opened again first, and what is written around it.
LEASE_SECONDS = 60.0


def open_channels(
    settings: Settings,
    record: Engine,
    log: ConversationLog,
    desk: TurnDesk,
    wording: Wording,
    metrics: Metrics,
) -> Channels:
    """Return the channels whose secrets are set, over an open record."""
    found, close = _open(settings, wording)
    materials = Materials(
        inbox=open_inbox(record, timedelta(seconds=settings.turn_timeout + LEASE_SECONDS)),
        outgoing=open_outgoing(record),
        log=log,
        desk=desk,
        addresses=AddressBook(turn_secret(settings)),
        wording=wording,
        metrics=metrics,
        clock=utc_now,
        kept_days=settings.conversation_days,
        alone=record.dialect.name == "sqlite",
    )
    return Channels(found, materials, close)


def _open(settings: Settings, wording: Wording) -> tuple[dict[str, Channel], Callable[[], Awaitable[None]]]:
    """Return the channels that are set up, and what closes them."""
    names = [name for name in NEEDED if settings.has_channel(name)]
    if not names:
        return {}, nothing
    from portal.channels.makers import MAKERS, Clients

    clients = Clients()
    return {name: MAKERS[name](settings, clients, wording) for name in names}, clients.aclose
