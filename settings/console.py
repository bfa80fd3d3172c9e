"""Settings of the advisors' console."""

from pydantic import BaseSettings, Field, SecretStr


class ConsoleSettings(BaseSettings):
    """Where the console stands, and how long somebody stays signed in."""

    console_mounted: bool = Field(
        True,
        env="CONSOLE_MOUNTED",
        description="Serve the console at /console of the portal's address. False: only `python -m console` serves it.",
    )
    console_host: str = Field(
        "127.0.0.1", env="CONSOLE_HOST", description="Address `python -m console` listens on."
    )
    console_port: int = Field(
        8081, env="CONSOLE_PORT", ge=1, le=65535, description="Port of `python -m console`."
    )
    console_url: str = Field(
        "",
        env="CONSOLE_URL",
        description="Address of the console that e-mails point to, as `https://exemple.fr/console`. "
        "Empty: /console under PORTAL_URL where it is mounted; without either, links are shown to administrators only.",
    )
    console_idle_hours: float = Field(
        4.0,
        env="CONSOLE_IDLE_HOURS",
        gt=0,
        description="Hours without a page after which somebody has to sign in to the console again.",
    )
    console_session_hours: float = Field(
        12.0,
        env="CONSOLE_SESSION_HOURS",
        gt=0,
        description="Hours after a sign-in when the session ends in any case.",
    )
    console_secret: SecretStr | None = Field(
        None,
        env="CONSOLE_SECRET",
        description="Secret that seals the second factors of accounts: without it they have to be set up anew. "
        "Empty: made at first start, kept in var/console-secret.",
    )
    console_audit_days: int = Field(
        365,
        env="CONSOLE_AUDIT_DAYS",
        ge=1,
        description="Days for which changes of accounts and rights are kept.",
    )
