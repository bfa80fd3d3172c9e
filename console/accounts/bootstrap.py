"""Wires the accounts over an open record."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.engine import Engine

from console.accounts.desk import AccountDesk
from console.accounts.links import Links
from console.accounts.models import metadata
from console.accounts.passwords import Passwords
from console.accounts.register import Register
from console.accounts.sessions import AccountSessions, Limits
from console.accounts.signing_in import SignIn
from conversations.store import make_tables
from conversations.transactions import Transactions


def open_accounts(
    engine: Engine,
    clock: Callable[[], datetime],
    limits: Limits = Limits(),  # noqa: B008  frozen
    passwords: Passwords | None = None,
) -> AccountDesk:
    """Return the accounts kept in the database of an open record, making their tables where they are missing."""
    make_tables(engine, metadata)
    transactions, passwords = Transactions(engine), passwords or Passwords()
    sessions = AccountSessions(transactions, clock, limits)
    return AccountDesk(
        register=Register(transactions, clock),
        sessions=sessions,
        links=Links(transactions, passwords, clock),
        sign_in=SignIn(transactions, passwords, sessions, clock),
    )
