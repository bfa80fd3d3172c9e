"""Sets the messaging channels up from the settings."""

import logging
from collections.abc import Callable
from datetime import timedelta

import httpx
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from conversations.bootstrap import open_inbox, open_outgoing, utc_now
from conversations.log import ConversationLog
from portal.channels.addresses import AddressBook
from portal.channels.interface import Channel
from portal.channels.switchboard import Channels, Materials
from portal.channels.whatsapp import WhatsApp
from portal.metrics import Metrics
from portal.secret import turn_secret
from portal.turns import TurnDesk
from portal.wording import Wording
from settings import Settings

# Seconds a provider may take for one call.
CALL_SECONDS = 10.0
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
    # Its lines hold whole addresses, and Telegram's hold the bot's token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    clients: list[httpx.AsyncClient] = []

    def client(address: str, token: SecretStr | None = None) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}
        clients.append(httpx.AsyncClient(base_url=address, headers=headers, timeout=CALL_SECONDS))
        return clients[-1]

    async def close() -> None:
        for each in clients:
            await each.aclose()

    found = {
        name: make(settings, client, wording) for name, make in MAKERS.items() if settings.has_channel(name)
    }
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


MakeClient = Callable[..., httpx.AsyncClient]


def _whatsapp(settings: Settings, client: MakeClient, wording: Wording) -> Channel:
    return WhatsApp(
        client(settings.graph_url, settings.whatsapp_token),
        phone_id=settings.whatsapp_phone_id,
        app_secret=_open(settings.whatsapp_app_secret),
        verify_token=_open(settings.whatsapp_verify_token),
        wording=wording,
    )


def _open(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


MAKERS: dict[str, Callable[[Settings, MakeClient, Wording], Channel]] = {"whatsapp": _whatsapp}
