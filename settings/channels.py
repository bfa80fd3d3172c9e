"""Settings of the messaging channels: each is off as long as none of its secrets is set."""

from typing import Any

from pydantic import BaseSettings, Field, SecretStr, root_validator

# What each channel needs; some without the others is a mistake that is told at start.
NEEDED = {
    "whatsapp": ("whatsapp_token", "whatsapp_phone_id", "whatsapp_app_secret", "whatsapp_verify_token"),
    "telegram": ("telegram_token", "telegram_secret"),
    "messenger": ("messenger_token", "messenger_app_secret", "messenger_verify_token"),
    "sms": ("twilio_account_sid", "twilio_auth_token", "twilio_number", "portal_url"),
}


class ChannelSettings(BaseSettings):
    """What WhatsApp, Telegram, Messenger and SMS need."""

    whatsapp_token: SecretStr | None = Field(
        None, env="WHATSAPP_TOKEN", description="WhatsApp: access token of the Cloud API. Empty: no WhatsApp."
    )
    whatsapp_phone_id: str = Field(
        "",
        env="WHATSAPP_PHONE_ID",
        description="WhatsApp: id of our telephone number (not the number itself).",
    )
    whatsapp_app_secret: SecretStr | None = Field(
        None,
        env="WHATSAPP_APP_SECRET",
        description="WhatsApp: secret of the Meta app, which signs what it sends.",
    )
    whatsapp_verify_token: SecretStr | None = Field(
        None, env="WHATSAPP_VERIFY_TOKEN", description="WhatsApp: word of ours that Meta repeats at set-up."
    )
    telegram_token: SecretStr | None = Field(
        None, env="TELEGRAM_TOKEN", description="Telegram: token of the bot. Empty: no Telegram."
    )
    telegram_secret: SecretStr | None = Field(
        None, env="TELEGRAM_SECRET", description="Telegram: `secret_token` that was given to setWebhook."
    )
    messenger_token: SecretStr | None = Field(
        None, env="MESSENGER_TOKEN", description="Messenger: access token of the page. Empty: no Messenger."
    )
    messenger_app_secret: SecretStr | None = Field(
        None,
        env="MESSENGER_APP_SECRET",
        description="Messenger: secret of the Meta app, which signs what it sends.",
    )
    messenger_verify_token: SecretStr | None = Field(
        None, env="MESSENGER_VERIFY_TOKEN", description="Messenger: word of ours that Meta repeats at set-up."
    )
    twilio_account_sid: str = Field(
        "",
        env="TWILIO_ACCOUNT_SID",
        description="SMS: account at Twilio; PORTAL_URL is needed as well. Empty: no SMS.",
    )
    twilio_auth_token: SecretStr | None = Field(
        None, env="TWILIO_AUTH_TOKEN", description="SMS: token of the account, which signs what Twilio sends."
    )
    twilio_number: str = Field(
        "", env="TWILIO_NUMBER", description="SMS: number that owners write to, as +33644600000."
    )
    graph_url: str = Field(
        "https://graph.facebook.com/v24.0",
        env="GRAPH_URL",
        description="Meta's Graph API with its version, for WhatsApp and Messenger.",
    )
    telegram_url: str = Field(
        "https://api.telegram.org", env="TELEGRAM_URL", description="Telegram's Bot API."
    )
    twilio_url: str = Field(
        "https://api.twilio.com/2010-04-01", env="TWILIO_URL", description="Twilio's API with its version."
    )

    @root_validator(skip_on_failure=True)
    def _whole_or_not_at_all(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805  pydantic's form
        for channel, names in NEEDED.items():
            own = [name for name in names if name != "portal_url"]
            missing = [name.upper() for name in names if not values.get(name)]
            if missing and any(values.get(name) for name in own):
                raise ValueError(f"{channel} is only half set up: {', '.join(missing)} missing")
        return values

    def has_channel(self, name: str) -> bool:
        """Return whether everything that a channel needs is set."""
        return all(getattr(self, needed) for needed in NEEDED[name])
