"""Which channels a portal has: those whose secrets are set, and none that is half set up."""

import httpx
import pytest
from pydantic import ValidationError

from knowledge.bootstrap import load_knowledge
from portal.bootstrap import open_portal
from settings import Settings

WHATSAPP = {
    "whatsapp_token": "a",
    "whatsapp_phone_id": "1",
    "whatsapp_app_secret": "b",
    "whatsapp_verify_token": "c",
}
TELEGRAM = {"telegram_token": "a", "telegram_secret": "b"}
MESSENGER = {"messenger_token": "a", "messenger_app_secret": "b", "messenger_verify_token": "c"}
SMS = {
    "twilio_account_sid": "AC1",
    "twilio_auth_token": "a",
    "twilio_number": "+33644600000",
    "portal_url": "https://boussole.example",
}


@pytest.mark.parametrize("whole", [WHATSAPP, TELEGRAM, MESSENGER, SMS])
def test_half_a_channel_is_refused_at_start(whole):
    for name in whole:
        with pytest.raises(ValidationError, match=f"{name.upper()} missing"):
            Settings(**{**whole, name: ""})


def test_the_address_of_the_portal_alone_sets_nothing_up():
    assert not Settings(portal_url="https://boussole.example").has_channel("sms")


async def test_channels_that_are_not_set_up_are_not_there(tmp_path, unused_tcp_port_factory):
    settings = Settings(
        database_url=None,
        var=tmp_path,
        rasa_port=unused_tcp_port_factory(),
        actions_port=unused_tcp_port_factory(),
        **WHATSAPP,
        **SMS,
    )
    load_knowledge(settings.content, settings.sql_url("knowledge"))
    app = open_portal(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://portail.test") as client,
    ):
        statuses = {
            name: (await client.post(f"/webhooks/{name}")).status_code
            for name in ("whatsapp", "telegram", "messenger", "sms", "signal")
        }
    assert statuses == {"whatsapp": 403, "telegram": 404, "messenger": 404, "sms": 403, "signal": 404}
