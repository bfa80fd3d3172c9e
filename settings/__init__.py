"""Every setting of every process, declared once.

Only entry points read settings (commands, servers, bootstraps); the packages below them take plain arguments.
``python -m settings`` prints this table as ``docs/settings.md``.
"""

from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import AnyUrl, BaseSettings, Field, RedisDsn, SecretStr, validator

from settings.channels import ChannelSettings
from settings.console import ConsoleSettings
from settings.keeping import KeepingSettings
from settings.widget import WidgetSettings

ROOT = Path(__file__).resolve().parent.parent


class GeneralSettings(BaseSettings):
    """What everything needs, and the mail."""

    database_url: AnyUrl | None = Field(
        None,
        env="DATABASE_URL",
        description="PostgreSQL address for knowledge, record and tracker store. Empty: SQLite files under var/.",
    )
    redis_url: RedisDsn | None = Field(
        None,
        env="REDIS_URL",
        description="Redis that counts rates for several portals, as `redis://localhost:6379/0`. "
        "Empty: each counts in memory.",
    )
    var: Path = Field(
        ROOT / "var",
        env="BOUSSOLE_VAR",
        description="Folder of everything that is made at run time: SQLite files, trained models, logs, secret.",
    )
    content: Path = Field(
        ROOT / "knowledge" / "content",
        env="BOUSSOLE_CONTENT",
        description="Folder of the knowledge content that is loaded at start.",
    )
    portal_host: str = Field(
        "127.0.0.1", env="PORTAL_HOST", description="Address the portal, the only public process, listens on."
    )
    portal_port: int = Field(8080, env="PORTAL_PORT", ge=1, le=65535, description="Port of the portal.")
    rasa_port: int = Field(
        5005, env="RASA_PORT", ge=1, le=65535, description="Loopback port of the rasa server."
    )
    actions_port: int = Field(
        5055, env="ACTIONS_PORT", ge=1, le=65535, description="Loopback port of the action server."
    )
    turn_secret: SecretStr | None = Field(
        None,
        env="BOUSSOLE_SECRET",
        description="Secret shared by the portal and rasa. Empty: made at first start, kept in var/secret.",
    )
    token_keys: SecretStr | None = Field(
        None,
        env="TOKEN_KEYS",
        description="Keys of the owners' tokens, of 32 characters at least, separated by spaces, the newest first: it "
        "signs, all are accepted. Empty: BOUSSOLE_SECRET, or what is kept in var/secret, does both.",
    )
    rasa_token: SecretStr | None = Field(
        None,
        env="RASA_TOKEN",
        description="Token asked by rasa's HTTP API and rest channel (?token=). Empty: loopback alone protects them.",
    )
    turn_timeout: float = Field(
        4.5,  # owners are to know within five
        env="TURN_TIMEOUT",
        gt=0,
        description="Seconds the portal waits for rasa before it tells the owner so; the answer follows later.",
    )
    message_limit: int = Field(
        1000,
        env="MESSAGE_LIMIT",
        ge=100,
        le=2000,  # what the first component of the pipeline reads
        description="Characters of a message that are read. The page sends so many at a time; elsewhere the rest "
        "is cut.",
    )
    cookie_secure: bool = Field(
        False,
        env="COOKIE_SECURE",
        description="Mark the session cookie Secure; set it wherever the site is on https.",
    )

    # Who answers for the site: shown under « Mentions légales » and « Confidentialité », which say what is not set.
    site_publisher: str = Field("", env="SITE_PUBLISHER", description="Body that answers for the site.")
    site_publisher_address: str = Field(
        "", env="SITE_PUBLISHER_ADDRESS", description="Its address and telephone, as they are to be shown."
    )
    site_director: str = Field("", env="SITE_DIRECTOR", description="Who directs the publication.")
    site_hosting: str = Field(
        "", env="SITE_HOSTING", description="Name, address and telephone of who hosts the site."
    )
    site_email: str = Field(
        "",
        env="SITE_EMAIL",
        description="Mailbox for errors, rights and accessibility. Empty: none is shown.",
    )

    smtp_host: str = Field(
        "",
        env="SMTP_HOST",
        description="Mail server that e-mails are handed to. Empty: none is sent, and owners are told so.",
    )
    smtp_port: int = Field(587, env="SMTP_PORT", ge=1, le=65535, description="Port of the mail server.")
    smtp_user: str = Field("", env="SMTP_USER", description="Name at the mail server. Empty: no login.")
    smtp_password: SecretStr | None = Field(
        None, env="SMTP_PASSWORD", description="Password at the mail server."
    )
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        env="SMTP_SECURITY",
        description="How the way to the mail server is protected: starttls, tls (from the start) or none.",
    )
    mail_sender: str = Field(
        "",
        env="MAIL_SENDER",
        description="Sender of e-mails, as `Boussole PME <ne-pas-repondre@exemple.fr>`; needed with SMTP_HOST.",
    )
    portal_url: str = Field(
        "",
        env="PORTAL_URL",
        description="Address of the site, as `https://exemple.fr`: e-mails point to it, pages name themselves by it. "
        "Empty: no e-mail does.",
    )
    advisors_inbox: str = Field(
        "",
        env="ADVISORS_INBOX",
        description="Address of the network's advisors: gets the requests for bodies without an e-mail address.",
    )

    conseillers_url: str = Field(
        "",
        env="CONSEILLERS_URL",
        description="Address of the service Conseillers-Entreprises that requests are handed over to. Empty: none is.",
    )
    conseillers_token: SecretStr | None = Field(
        None, env="CONSEILLERS_TOKEN", description="Token that the service gave; needed with CONSEILLERS_URL."
    )
    conseillers_landing: int | None = Field(
        None,
        env="CONSEILLERS_LANDING",
        description="Number of our landing page at the service; needed with CONSEILLERS_URL.",
    )
    conseillers_subjects: dict[str, int] = Field(
        {},
        env="CONSEILLERS_SUBJECTS",
        description='The service\'s subject of each need to hand over, as `{"training": 12}`; '
        "`python -m conversations subjects` lists them. Needed with CONSEILLERS_URL, as PORTAL_URL is.",
    )

    @validator("token_keys")
    def _keys_cannot_be_guessed(cls, value: SecretStr | None) -> SecretStr | None:  # noqa: N805  pydantic's form
        if value and any(len(key) < 32 for key in value.get_secret_value().split()):
            raise ValueError("a key of less than 32 characters could be guessed")
        return value

    @validator("conseillers_subjects", always=True)
    def _service_needs_the_rest(cls, value: Any, values: dict[str, Any]) -> Any:  # noqa: N805  pydantic's form
        rest = ("conseillers_token", "conseillers_landing", "portal_url")
        if values.get("conseillers_url") and not all(values.get(each) for each in rest):
            raise ValueError("CONSEILLERS_URL is set, so token, landing page and PORTAL_URL are needed too")
        return value

    @validator("mail_sender", always=True)
    def _mail_needs_a_sender(cls, value: str, values: dict[str, Any]) -> str:  # noqa: N805  pydantic's form
        if values.get("smtp_host") and "@" not in parseaddr(value)[1]:
            raise ValueError("SMTP_HOST is set, so an address is needed that e-mails come from")
        return value

    def sql_url(self, name: str) -> str:
        """Return the SQLAlchemy address of the store `name` (knowledge, conversations or tracker)."""
        return str(self.database_url) if self.database_url else f"sqlite:///{self.var / f'{name}.db'}"

    @property
    def rasa_url(self) -> str:
        """Address of the rasa server, without a trailing slash."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Address rasa posts custom actions to."""
        return f"http://127.0.0.1:{self.actions_port}/webhook"


class Settings(ConsoleSettings, WidgetSettings, ChannelSettings, KeepingSettings, GeneralSettings):
    """Values read from the environment; the field's description is the operator's help."""


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()
