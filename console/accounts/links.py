"""Links that work once: to take up an invitation, or to choose a new password."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from console.accounts.audit import note
from console.accounts.errors import LinkSpent, UnknownAccount
from console.accounts.models import AccountRow, LinkRow
from console.accounts.passwords import Passwords, check_strength
from console.accounts.sessions import revoke_all
from console.accounts.views import Account, account_view
from conversations.tokens import new_token, token_hash
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
INVITATION, RESET = "invitation", "reset"
LASTS = {INVITATION: timedelta(days=7), RESET: timedelta(hours=1)}


class Links:
    """The links that were given out. Every call raises RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, passwords: Passwords, clock: Clock) -> None:
        self._transactions = transactions
        self._passwords = passwords
        self._clock = clock

    def make(self, account_id: str, kind: str, actor: str | None = None) -> str:
        """Return the token of a new link; older ones of the same account end. Raises UnknownAccount."""
        with self._transactions.write() as session:
            return self.make_within(session, account_id, kind, actor)

    def make_within(self, session: Session, account_id: str, kind: str, actor: str | None) -> str:
        """Do the same within the caller's transaction."""
        if session.get(AccountRow, account_id) is None:
            raise UnknownAccount
        token, now = new_token(), self._clock()
        session.execute(delete(LinkRow).where(LinkRow.account_id == account_id))
        session.add(
            LinkRow(
                token_hash=token_hash(token),
                account_id=account_id,
                kind=kind,
                created_at=now,
                expires_at=now + LASTS[kind],
            )
        )
        note(session, now, actor, account_id, f"link_{kind}")
        return token

    def account(self, token: str) -> Account:
        """Return whose link it is, without using it up: mail programs look at links too. Raises LinkSpent."""
        with self._transactions.read() as session:
            return account_view(self._found(session, token)[1])

    def choose_password(self, token: str, password: str) -> Account:
        """Give the account its password, use the link up and end all sessions.

        Raises LinkSpent, and PasswordTooWeak where the link stays good.
        """
        known = self.account(token)
        check_strength(password, known.email, known.name)
        kept = self._passwords.hash(password)
        with self._transactions.write() as session:
            link, row = self._found(session, token, for_update=True)
            session.delete(link)
            row.password_hash = kept
            row.joined_at = row.joined_at or self._clock()
            revoke_all(session, row.id)
            note(session, self._clock(), row.id, row.id, "password")
            return account_view(row)

    def purge(self) -> int:
        """Delete the links that are too old; return how many."""
        with self._transactions.write() as session:
            return session.execute(delete(LinkRow).where(LinkRow.expires_at <= self._clock())).rowcount

    def _found(self, session: Session, token: str, for_update: bool = False) -> tuple[LinkRow, AccountRow]:
        mine = select(LinkRow, AccountRow).join(AccountRow).where(LinkRow.token_hash == token_hash(token))
        found = session.execute(mine.with_for_update() if for_update else mine).first()
        if found is None or found[0].expires_at <= self._clock() or found[1].disabled_at is not None:
            raise LinkSpent
        return found
