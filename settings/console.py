"""Settings of the advisors' console."""

from typing import Any, Literal

from pydantic import BaseSettings, Field, SecretStr, root_validator


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

    console_oidc_issuer: str = Field(
        "",
        env="CONSOLE_OIDC_ISSUER",
        description="Sign-in through an identity provider (OpenID Connect): its issuer, exactly as its discovery page "
        "gives it. CONSOLE_URL (or PORTAL_URL) is needed as well. Empty: passwords only.",
    )
    console_oidc_name: str = Field(
        "ProConnect", env="CONSOLE_OIDC_NAME", description="What people know the identity provider as."
    )
    console_oidc_client_id: str = Field(
        "",
        env="CONSOLE_OIDC_CLIENT_ID",
        description="Our name at the identity provider; register `<console>/connexion/retour` there, and "
        "`<console>/connexion` for after signing out.",
    )
    console_oidc_client_secret: SecretStr | None = Field(
        None, env="CONSOLE_OIDC_CLIENT_SECRET", description="Our secret at the identity provider."
    )
    console_oidc_scope: str = Field(
        "openid email", env="CONSOLE_OIDC_SCOPE", description="What the identity provider is asked for."
    )
    console_oidc_algorithm: Literal["RS256", "ES256", "PS256"] = Field(
        "RS256",
        env="CONSOLE_OIDC_ALGORITHM",
        description="How the identity provider signs; nothing else is taken.",
    )
    console_oidc_acr: list[str] = Field(
        [],
        env="CONSOLE_OIDC_ACR",
        description="Levels of assurance (acr) that stand for two factors, as a JSON list. With any other level the "
        "console asks for its own second factor.",
    )
    console_oidc_acr_required: bool = Field(
        False,
        env="CONSOLE_OIDC_ACR_REQUIRED",
        description="Ask the identity provider for one of these levels, and refuse every other.",
    )
    console_oidc_vouches: bool = Field(
        False,
        env="CONSOLE_OIDC_VOUCHES",
        description="The identity provider answers for e-mail addresses without saying `email_verified`, as ProConnect "
        "does. False: an address that is not said to be verified is refused.",
    )
    console_oidc_pkce: bool = Field(
        True,
        env="CONSOLE_OIDC_PKCE",
        description="Prove with each code who asked for it (PKCE). False for a provider that refuses the parameters.",
    )

    @root_validator(skip_on_failure=True)
    def _provider_whole_or_not_at_all(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805  pydantic's form
        needed = ("console_oidc_client_id", "console_oidc_client_secret")
        address = values.get("console_url") or (values.get("console_mounted") and values.get("portal_url"))
        if values.get("console_oidc_issuer") and not (all(values.get(each) for each in needed) and address):
            raise ValueError(
                "CONSOLE_OIDC_ISSUER is set, so client id, secret and CONSOLE_URL are needed too"
            )
        if values.get("console_oidc_acr_required") and not values.get("console_oidc_acr"):
            raise ValueError("CONSOLE_OIDC_ACR_REQUIRED is set, so CONSOLE_OIDC_ACR is needed too")
        return values
