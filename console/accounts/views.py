"""What the console says of accounts and sessions; nothing here opens anything."""

from dataclasses import dataclass
from datetime import datetime

from console.accounts.models import AccountRow, SessionRow
from console.viewers import Role, Scope


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in. `invited` until they came once; `protected` once there is a second factor."""

    id: str
    email: str
    name: str
    role: Role
    scope: Scope
    invited: bool
    protected: bool
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True)
class SessionView:
    """A browser that is signed in: `device` is what it says of itself."""

    id: str
    device: str
    strong: bool
    created_at: datetime
    seen_at: datetime


def account_view(row: AccountRow) -> Account:
    """Return what a row says."""
    return Account(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        scope=scope_of(row),
        invited=row.joined_at is None,
        protected=row.totp_secret is not None,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def scope_of(row: AccountRow) -> Scope:
    """Return the bodies and territories of an account."""
    return Scope(frozenset(row.bodies), frozenset(row.departments), frozenset(row.regions))


def session_view(row: SessionRow) -> SessionView:
    """Return what a row says."""
    return SessionView(row.id, row.device, row.strong, row.created_at, row.seen_at)
