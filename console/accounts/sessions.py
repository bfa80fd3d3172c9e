"""Sessions: a random token in the browser, its SHA-256 here. The account is looked up at each request."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from console.accounts.audit import note
from console.accounts.models import AccountRow, SessionRow
from console.accounts.second_factor import is_required
from console.accounts.views import SessionView, scope_of, session_view
from console.viewers import Role, Viewer
from conversations.tokens import new_id, new_token, token_hash
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
# How exactly the last use is known; it spares a write at each page.
SEEN_EVERY = timedelta(minutes=1)
LONGEST_DEVICE = 200


@dataclass(frozen=True)
class Limits:
    """A session ends when it is not used for `idle`, and `whole` after the sign-in in any case."""

    idle: timedelta = timedelta(hours=4)
    whole: timedelta = timedelta(hours=12)


class AccountSessions:
    """The sessions of all accounts. Every call is one short transaction, and raises RecordUnreachable."""

    def __init__(self, transactions: Transactions, clock: Clock, limits: Limits = Limits()) -> None:  # noqa: B008
        self._transactions = transactions
        self._clock = clock
        self._limits = limits

    def viewer(self, token: str, used: bool = True) -> Viewer | None:
        """Return who is signed in with this token: rights are those of this moment, not of the sign-in.

        `used` notes that somebody is there, which keeps the session alive.
        """
        now = self._clock()
        mine = (
            select(SessionRow, AccountRow).join(AccountRow).where(SessionRow.token_hash == token_hash(token))
        )
        with self._transactions.read() as session:
            found = session.execute(mine).first()
        if found is None or not self._holds(*found, now):
            return None
        opened, account = found
        if used and now - opened.seen_at >= SEEN_EVERY:
            self._seen(opened.id, now)
        return Viewer(
            account_id=account.id,
            email=account.email,
            name=account.name,
            role=Role(account.role),
            session_id=opened.id,
            csrf=form_token(token),
            scope=scope_of(account),
        )

    def open(self, account_id: str, device: str, strong: bool = False, id_token: str | None = None) -> str:
        """Begin a session and return its token, which is kept nowhere."""
        token, now = new_token(), self._clock()
        with self._transactions.write() as session:
            session.add(
                SessionRow(
                    id=new_id(),
                    token_hash=token_hash(token),
                    account_id=account_id,
                    device=device[:LONGEST_DEVICE],
                    strong=strong,
                    id_token=id_token,
                    created_at=now,
                    seen_at=now,
                )
            )
        return token

    def end(self, token: str) -> str | None:
        """End the session of this token, if there is one; return what the identity provider wants back, if anything."""
        with self._transactions.write() as session:
            row = session.scalar(select(SessionRow).where(SessionRow.token_hash == token_hash(token)))
            if row is None:
                return None
            session.delete(row)
            return row.id_token

    def of(self, account_id: str) -> list[SessionView]:
        """Return an account's sessions that can still be used, the latest used first."""
        now = self._clock()
        mine = select(SessionRow, AccountRow).join(AccountRow).where(SessionRow.account_id == account_id)
        with self._transactions.read() as session:
            rows = session.execute(mine.order_by(SessionRow.seen_at.desc())).all()
        return [session_view(row) for row, account in rows if self._holds(row, account, now)]

    def revoke(self, account_id: str, session_id: str, actor: str | None = None) -> bool:
        """End one session of an account; False where the account has no such session.

        `actor` is the account of who does so to somebody else: that is kept in the audit.
        """
        mine = delete(SessionRow).where(SessionRow.account_id == account_id, SessionRow.id == session_id)
        with self._transactions.write() as session:
            ended = bool(session.execute(mine).rowcount)
            if ended and actor:
                note(session, self._clock(), actor, account_id, "revoked")
            return ended

    def _holds(self, opened: SessionRow, account: AccountRow, now: datetime) -> bool:
        fresh = now - opened.seen_at < self._limits.idle and now - opened.created_at < self._limits.whole
        # A role that needs a second factor needs it at once, also in a session from before.
        enough = opened.strong or not is_required(Role(account.role))
        return fresh and enough and account.disabled_at is None

    def _seen(self, session_id: str, now: datetime) -> None:
        with self._transactions.write() as session:
            row = session.get(SessionRow, session_id)
            if row is not None:
                row.seen_at = now


def revoke_all(session: Session, account_id: str, but: str | None = None) -> int:
    """End an account's sessions, all but the one of the id `but`, within the caller's transaction."""
    mine = delete(SessionRow).where(SessionRow.account_id == account_id)
    return session.execute(mine.where(SessionRow.id != but) if but else mine).rowcount


def form_token(token: str) -> str:
    """Return what the forms of this session carry: made from its token, and nothing leads back."""
    return hashlib.sha256(b"form:" + token.encode("utf-8", "replace")).hexdigest()
