"""Wires the accounts over an open record."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from console.accounts.attempts import Attempts
from console.accounts.audit import Audit
from console.accounts.desk import AccountDesk
from console.accounts.federation import Federation
from console.accounts.ground import Ground
from console.accounts.links import Links
from console.accounts.migrating import ACCOUNTS
from console.accounts.passwords import Passwords
from console.accounts.post import AccountPost
from console.accounts.provider import Provider, Registration
from console.accounts.register import Register
from console.accounts.seal import Seal
from console.accounts.second_factor import SecondFactor
from console.accounts.self_service import OwnAccount
from console.accounts.sessions import AccountSessions, Limits
from console.accounts.signing_in import SignIn
from conversations.errors import RecordUnreachable
from conversations.migrating import bring_up_to_date
from conversations.outbox import Outbox
from conversations.transactions import Transactions
from edge.secret_file import shared_secret
from knowledge.body_names import BodyNames
from knowledge.territories import Territories
from settings import Settings

logger = logging.getLogger(__name__)
SECRET_FILE = "console-secret"
PURGE_SECONDS = 3600.0


@dataclass(frozen=True)
class Choices:
    """What the operator decides: `secret` seals second factors, links lead to `address`, `mails` whether any leave."""

    secret: str
    limits: Limits = field(default_factory=Limits)
    address: str = ""
    mails: bool = False
    audit_kept: timedelta = timedelta(days=365)
    provider: Registration | None = None


def open_accounts(
    engine: Engine,
    clock: Callable[[], datetime],
    choices: Choices,
    passwords: Passwords | None = None,
    ground: Ground | None = None,
) -> AccountDesk:
    """Return the accounts kept in the database of an open record, their tables in their present form."""
    bring_up_to_date(engine, ACCOUNTS)
    transactions, passwords = Transactions(engine), passwords or Passwords()
    sessions, attempts = AccountSessions(transactions, clock, choices.limits), Attempts(transactions, clock)
    factor = SecondFactor(Seal(choices.secret), clock)
    register, links = Register(transactions, clock, factor), Links(transactions, passwords, clock)
    outbox = Outbox(transactions, clock)
    sign_in = SignIn(transactions, passwords, sessions, factor, attempts, clock)
    provider = Provider(choices.provider, lambda: clock().timestamp()) if choices.provider else None
    return AccountDesk(
        register=register,
        sessions=sessions,
        links=links,
        sign_in=sign_in,
        factor=factor,
        own=OwnAccount(transactions, passwords, factor, attempts, clock),
        post=AccountPost(transactions, links, register, outbox, attempts, choices.address, choices.mails),
        audit=Audit(transactions, clock, choices.audit_kept),
        attempts=attempts,
        ground=ground or Ground(),
        federation=Federation(transactions, provider, sign_in, clock) if provider else None,
    )


def ground_over(bodies: BodyNames, territories: Territories) -> Ground:
    """Return the bodies and territories that an account can be given."""
    return Ground(
        bodies=bodies,
        departments={each.code: each.name for each in territories.departements + territories.collectivities},
        regions={each.code: each.name for each in territories.regions},
    )


def choices_of(settings: Settings, address: str) -> Choices:
    """Return what the settings say of accounts; `address` is that of the console, empty where it is not known."""
    given = settings.console_secret.get_secret_value() if settings.console_secret else ""
    idle, whole = settings.console_idle_hours, settings.console_session_hours
    return Choices(
        secret=given or shared_secret(settings.var / SECRET_FILE),
        limits=Limits(timedelta(hours=idle), timedelta(hours=whole)),
        address=address,
        mails=bool(settings.smtp_host),
        audit_kept=timedelta(days=settings.console_audit_days),
        provider=registration_of(settings, address) if settings.console_oidc_issuer else None,
    )


def registration_of(settings: Settings, address: str) -> Registration:
    """Return how we are known to the identity provider of the settings."""
    secret = settings.console_oidc_client_secret
    return Registration(
        issuer=settings.console_oidc_issuer,
        client_id=settings.console_oidc_client_id,
        client_secret=secret.get_secret_value() if secret else "",
        address=address,
        name=settings.console_oidc_name,
        scope=settings.console_oidc_scope,
        algorithm=settings.console_oidc_algorithm,
        strong=tuple(settings.console_oidc_acr),
        strong_only=settings.console_oidc_acr_required,
        vouches=settings.console_oidc_vouches,
        pkce=settings.console_oidc_pkce,
    )


def purging(accounts: AccountDesk) -> Callable[[], Awaitable[None]]:
    """Return the chore that deletes what has run out, once an hour."""

    async def for_ever() -> None:
        while True:
            try:
                await asyncio.to_thread(accounts.purge)
            except RecordUnreachable as error:
                logger.warning("the record does not answer (%s); what has run out is deleted later", error)
            await asyncio.sleep(PURGE_SECONDS)

    return for_ever
