"""Sets the messaging channels up from the settings."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from conversations.bootstrap import open_inbox, open_outgoing, utc_now
from conversations.log import ConversationLog
from portal.channels.addresses import AddressBook
from portal.channels.interface import Channel
from portal.channels.messenger import Messenger
from portal.channels.sms import Sms
from portal.channels.switchboard import Channels, Materials
from portal.channels.telegram import Telegram
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

    def client(address: str, **more: Any) -> httpx.AsyncClient:
        clients.append(httpx.AsyncClient(base_url=address, timeout=CALL_SECONDS, **more))
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
        client(settings.graph_url, headers={"Authorization": f"Bearer {_open(settings.whatsapp_token)}"}),
        phone_id=settings.whatsapp_phone_id,
        app_secret=_open(settings.whatsapp_app_secret),
        verify_token=_open(settings.whatsapp_verify_token),
        wording=wording,
    )


def _telegram(settings: Settings, client: MakeClient, wording: Wording) -> Channel:
    made = client(settings.telegram_url)
    return Telegram(made, _open(settings.telegram_token), _open(settings.telegram_secret), wording)


def _messenger(settings: Settings, client: MakeClient, wording: Wording) -> Channel:
    return Messenger(
        client(settings.graph_url),
        token=_open(settings.messenger_token),
        app_secret=_open(settings.messenger_app_secret),
        verify_token=_open(settings.messenger_verify_token),
        wording=wording,
    )


def _sms(settings: Settings, client: MakeClient, wording: Wording) -> Channel:
    token = _open(settings.twilio_auth_token)
    return Sms(
        client(settings.twilio_url, auth=(settings.twilio_account_sid, token)),
        account=settings.twilio_account_sid,
        token=token,
        number=settings.twilio_number,
        portal_url=settings.portal_url,
        wording=wording,
    )


def _open(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


MAKERS: dict[str, Callable[[Settings, MakeClient, Wording], Channel]] = {
    "whatsapp": _whatsapp,
    "telegram": _telegram,
    "messenger": _messenger,
    "sms": _sms,
}
