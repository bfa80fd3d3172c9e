"""Signing in: from what somebody types to a session, over a second factor where there is one or has to be one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from console.accounts.attempts import Attempts, Try
from console.accounts.audit import note
from console.accounts.errors import AddressInvalid, SignInRefused
from console.accounts.models import AccountRow, SignInRow
from console.accounts.passwords import LONGEST, Passwords
from console.accounts.register import normal_email
from console.accounts.second_factor import SecondFactor, is_required
from console.accounts.sessions import AccountSessions
from console.viewers import Role
from conversations.tokens import new_token, token_hash
from conversations.transactions import Transactions
from edge.addresses import network_of

Clock = Callable[[], datetime]
# How long somebody has for the second half.
LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Caller:
    """The browser: what it says of itself, and its address on the network, None for a socket without."""

    device: str
    address: str | None


@dataclass(frozen=True)
class Signed:
    """`token` opens the session. `codes` are new recovery codes, shown this once."""

    token: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Halfway:
    """The password was right; `token` stands for that until a code is shown."""

    token: str


@dataclass(frozen=True)
class Waiting:
    """Who is halfway. `sealed` is the secret to set up; None where there is one and its code is asked."""

    email: str
    sealed: str | None


class SignIn:
    """Every call raises RecordUnreachable when the database does not answer."""

    def __init__(
        self,
        transactions: Transactions,
        passwords: Passwords,
        sessions: AccountSessions,
        factor: SecondFactor,
        attempts: Attempts,
        clock: Clock,
    ) -> None:
        self._transactions = transactions
        self._passwords = passwords
        self._sessions = sessions
        self._factor = factor
        self._attempts = attempts
        self._clock = clock

    def with_password(self, email: str, password: str, caller: Caller) -> Signed | Halfway:
        """Return a session, or the way to one; raises SignInRefused, for whatever reason."""
        tries = (Try("password", _typed(email)), *_network(caller))
        self._attempts.admit(*tries)
        account = self._account(email)
        kept = account.password_hash if account and account.disabled_at is None else None
        if not self._passwords.matches(kept, password) or account is None or kept is None:
            raise SignInRefused
        self._attempts.succeeded(*tries)
        if self._passwords.is_outdated(kept):
            self._renew(account.id, kept, password)
        return self.go_on(account.id, caller)

    def go_on(
        self, account_id: str, caller: Caller, strong: bool = False, id_token: str | None = None
    ) -> Signed | Halfway:
        """Let in somebody who has shown who they are; `strong`: by two factors already.

        Raises SignInRefused where the account is closed.
        """
        with self._transactions.write() as session:
            row = session.get(AccountRow, account_id)
            if row is None or row.disabled_at is not None:
                raise SignInRefused
            if not strong and (row.totp_secret or is_required(Role(row.role))):
                return Halfway(self._halfway(session, row, id_token))
        return Signed(self._sessions.open(account_id, caller.device, strong, id_token))

    def waiting(self, token: str) -> Waiting:
        """Return who is halfway with this token; raises SignInRefused where nobody is, or no longer."""
        with self._transactions.read() as session:
            found, row = self._found(session, token)
            return Waiting(row.email, found.totp_secret)

    def with_code(self, token: str, code: str, caller: Caller) -> Signed:
        """Return a session for a right code; the first one sets the second factor up. Raises SignInRefused."""
        with self._transactions.read() as session:
            account_id = self._found(session, token)[1].id
        tries = (Try("code", account_id), *_network(caller))
        self._attempts.admit(*tries)
        with self._transactions.write() as session:
            found, row = self._found(session, token, for_update=True)
            codes = self._taken(session, found, row, code)
            session.delete(found)
        self._attempts.succeeded(*tries)
        return Signed(self._sessions.open(account_id, caller.device, True, found.id_token), codes)

    def purge(self) -> int:
        """Delete the sign-ins that nobody finished; return how many."""
        old = SignInRow.created_at <= self._clock() - LASTS
        with self._transactions.write() as session:
            return session.execute(delete(SignInRow).where(old)).rowcount

    def _taken(self, session: Session, found: SignInRow, row: AccountRow, code: str) -> tuple[str, ...]:
        if row.totp_secret is not None:
            if not self._factor.accepts(session, row, code):
                raise SignInRefused
            return ()
        codes = self._factor.set(session, row, found.totp_secret, code) if found.totp_secret else None
        if codes is None:
            raise SignInRefused
        note(session, self._clock(), row.id, row.id, "factor_set")
        return tuple(codes)

    def _halfway(self, session: Session, row: AccountRow, id_token: str | None) -> str:
        token = new_token()
        session.add(
            SignInRow(
                token_hash=token_hash(token),
                account_id=row.id,
                id_token=id_token,
                totp_secret=None if row.totp_secret else self._factor.new_secret(),
                created_at=self._clock(),
            )
        )
        return token

    def _found(self, session: Session, token: str, for_update: bool = False) -> tuple[SignInRow, AccountRow]:
        mine = select(SignInRow, AccountRow).join(AccountRow).where(SignInRow.token_hash == token_hash(token))
        found = session.execute(mine.with_for_update() if for_update else mine).first()
        old = found is None or self._clock() - found[0].created_at >= LASTS
        if old or found[1].disabled_at is not None:
            raise SignInRefused
        return found

    def _account(self, email: str) -> AccountRow | None:
        try:
            kept = normal_email(email)
        except AddressInvalid:
            return None
        with self._transactions.read() as session:
            return session.scalar(select(AccountRow).where(AccountRow.email == kept))

    def _renew(self, account_id: str, kept: str, password: str) -> None:
        """Hash the password again at today's cost, unless it was changed meanwhile."""
        mine = (AccountRow.id == account_id) & (AccountRow.password_hash == kept)
        fresh = self._passwords.hash(password)
        with self._transactions.write() as session:
            session.execute(update(AccountRow).where(mine).values(password_hash=fresh))


def _typed(email: str) -> str:
    return email.strip().casefold()[: LONGEST * 2]


def _network(caller: Caller) -> tuple[Try, ...]:
    """Return what is counted for the network; this machine itself is a front proxy's, behind which everybody is."""
    network = network_of(caller.address)
    return (Try("network", network),) if network else ()
