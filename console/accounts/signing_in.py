"""Signing in: from what somebody types to a session."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from console.accounts.errors import AddressInvalid, SignInRefused
from console.accounts.models import AccountRow
from console.accounts.passwords import Passwords
from console.accounts.register import normal_email
from console.accounts.sessions import AccountSessions
from conversations.transactions import Transactions

Clock = Callable[[], datetime]


class SignIn:
    """Every call raises RecordUnreachable when the database does not answer."""

    def __init__(
        self, transactions: Transactions, passwords: Passwords, sessions: AccountSessions, clock: Clock
    ) -> None:
        self._transactions = transactions
        self._passwords = passwords
        self._sessions = sessions
        self._clock = clock

    def with_password(self, email: str, password: str, device: str) -> str:
        """Return the token of a new session; raises SignInRefused, for whatever reason."""
        account = self._account(email)
        kept = account.password_hash if account and account.disabled_at is None else None
        if not self._passwords.matches(kept, password) or account is None:
            raise SignInRefused
        return self._sessions.open(account.id, device)

    def _account(self, email: str) -> AccountRow | None:
        try:
            kept = normal_email(email)
        except AddressInvalid:
            return None
        with self._transactions.read() as session:
            return session.scalar(select(AccountRow).where(AccountRow.email == kept))
