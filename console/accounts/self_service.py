"""What somebody changes of their own account.

The password is asked again: a session may be open on a screen that nobody guards.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from console.accounts.attempts import Attempts, Try
from console.accounts.audit import note
from console.accounts.errors import FactorRequired, SignInRefused, UnknownAccount
from console.accounts.models import AccountRow, SessionRow
from console.accounts.passwords import Passwords, check_strength
from console.accounts.second_factor import SecondFactor, is_required
from console.accounts.sessions import revoke_all
from console.viewers import Role, Viewer
from conversations.transactions import Transactions

Clock = Callable[[], datetime]


class OwnAccount:
    """Every call is about the viewer's own account, and raises RecordUnreachable when the database does not answer."""

    def __init__(
        self,
        transactions: Transactions,
        passwords: Passwords,
        factor: SecondFactor,
        attempts: Attempts,
        clock: Clock,
    ) -> None:
        self._transactions = transactions
        self._passwords = passwords
        self._factor = factor
        self._attempts = attempts
        self._clock = clock

    def has_password(self, viewer: Viewer) -> bool:
        """Return whether there is a password: who signs in elsewhere may have none."""
        with self._transactions.read() as session:
            return _row(session, viewer).password_hash is not None

    def change_password(self, viewer: Viewer, present: str, new: str) -> None:
        """Change the password and end all other sessions; raises SignInRefused and PasswordTooWeak."""
        self._check(viewer, present)
        check_strength(new, viewer.email, viewer.name)
        kept = self._passwords.hash(new)
        with self._transactions.write() as session:
            _row(session, viewer, for_update=True).password_hash = kept
            revoke_all(session, viewer.account_id, but=viewer.session_id)
            self._note(session, viewer, "password")

    def setting_up(self, viewer: Viewer) -> str:
        """Return the sealed secret that this session is to set up, made at the first call."""
        with self._transactions.write() as session:
            opened = session.get(SessionRow, viewer.session_id, with_for_update=True)
            if opened is None:
                raise UnknownAccount
            opened.totp_secret = opened.totp_secret or self._factor.new_secret()
            return opened.totp_secret

    def set_factor(self, viewer: Viewer, password: str, code: str) -> list[str]:
        """Set the second factor up, in place of one there may be; return new recovery codes. Raises SignInRefused."""
        self._check(viewer, password)
        sealed = self.setting_up(viewer)
        with self._transactions.write() as session:
            row = _row(session, viewer, for_update=True)
            codes = self._factor.set(session, row, sealed, code)
            if codes is None:
                raise SignInRefused
            opened = session.get(SessionRow, viewer.session_id)
            if opened is not None:
                opened.strong, opened.totp_secret = True, None
            revoke_all(session, viewer.account_id, but=viewer.session_id)
            self._note(session, viewer, "factor_set")
        return codes

    def remove_factor(self, viewer: Viewer, password: str) -> None:
        """Do without a second factor; raises SignInRefused, and FactorRequired where the role needs one."""
        if is_required(viewer.role):
            raise FactorRequired
        self._check(viewer, password)
        with self._transactions.write() as session:
            row = _row(session, viewer, for_update=True)
            if is_required(Role(row.role)):
                raise FactorRequired
            self._factor.remove(session, row)
            self._note(session, viewer, "factor_removed")

    def new_codes(self, viewer: Viewer, password: str) -> list[str]:
        """Return new recovery codes in place of the earlier ones; raises SignInRefused."""
        self._check(viewer, password)
        with self._transactions.write() as session:
            _row(session, viewer, for_update=True)
            self._note(session, viewer, "codes")
            return self._factor.new_codes(session, viewer.account_id)

    def codes_left(self, viewer: Viewer) -> int:
        """Return how many recovery codes are left."""
        with self._transactions.read() as session:
            return self._factor.codes_left(session, viewer.account_id)

    def _check(self, viewer: Viewer, password: str) -> None:
        """Raise SignInRefused for a wrong password. Without one, the session alone has to do."""
        with self._transactions.read() as session:
            kept = _row(session, viewer).password_hash
        if kept is None:
            return
        tried = Try("password", viewer.email)
        self._attempts.admit(tried)
        if not self._passwords.matches(kept, password):
            raise SignInRefused
        self._attempts.succeeded(tried)

    def _note(self, session: Session, viewer: Viewer, what: str) -> None:
        note(session, self._clock(), viewer.account_id, viewer.account_id, what)


def _row(session: Session, viewer: Viewer, for_update: bool = False) -> AccountRow:
    row = session.get(AccountRow, viewer.account_id, with_for_update=for_update)
    if row is None:
        raise UnknownAccount
    return row
