"""Makes each channel from its settings; read only where one of them is set up."""

import logging
from collections.abc import Callable
from typing import Any

import httpx
from pydantic import SecretStr

from portal.channels.interface import Channel
from portal.channels.messenger import Messenger
from portal.channels.sms import Sms
from portal.channels.telegram import Telegram
from portal.channels.whatsapp import WhatsApp
from portal.wording import Wording
from settings import Settings

# Seconds a provider may take for one call.
CALL_SECONDS = 10.0

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


class Clients:
    """Makes the channels' HTTP clients, and closes them."""

    def __init__(self) -> None:
        # Its lines hold whole addresses, and Telegram's hold the bot's token.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._made: list[httpx.AsyncClient] = []

    def __call__(self, address: str, **more: Any) -> httpx.AsyncClient:
        """Return a client for a provider's address."""
        self._made.append(httpx.AsyncClient(base_url=address, timeout=CALL_SECONDS, **more))
        return self._made[-1]

    async def aclose(self) -> None:
        """Close what was made."""
        for each in self._made:
            await each.aclose()
