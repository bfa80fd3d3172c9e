"""The accounts themselves: who there is, and every change of what somebody may do, kept in the audit."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.accounts.audit import note
from console.accounts.errors import AddressInvalid, AddressTaken, LastAdministrator, UnknownAccount
from console.accounts.models import AccountRow
from console.accounts.second_factor import SecondFactor
from console.accounts.sessions import revoke_all
from console.accounts.views import Account, account_view, scope_of
from console.viewers import Role, Scope
from conversations import store
from conversations.errors import RecordClash
from conversations.tokens import new_id
from conversations.transactions import Transactions

Clock = Callable[[], datetime]


def normal_email(text: str) -> str:
    """Return an address as it is kept and compared; raises AddressInvalid."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise AddressInvalid from None


class Register:
    """All accounts. `actor` is the id of the account that makes a change, None for an operator's command.

    Every call is one short transaction, and raises RecordUnreachable.
    """

    def __init__(self, transactions: Transactions, clock: Clock, factor: SecondFactor) -> None:
        self._transactions = transactions
        self._clock = clock
        self._factor = factor

    def all(self) -> list[Account]:
        """Return every account, those that are open first, by name."""
        order = (AccountRow.disabled_at.is_not(None), func.lower(AccountRow.name), AccountRow.email)
        with self._transactions.read() as session:
            return [account_view(row) for row in session.scalars(select(AccountRow).order_by(*order))]

    def account(self, account_id: str) -> Account:
        """Return one account; raises UnknownAccount."""
        with self._transactions.read() as session:
            return account_view(_row(session, account_id))

    def find(self, email: str) -> Account | None:
        """Return the account of an address; raises AddressInvalid."""
        mine = select(AccountRow).where(AccountRow.email == normal_email(email))
        with self._transactions.read() as session:
            row = session.scalar(mine)
            return account_view(row) if row else None

    def create(
        self,
        email: str,
        name: str,
        role: Role,
        scope: Scope = Scope(),  # noqa: B008  frozen
        actor: str | None = None,
    ) -> Account:
        """Add an account that nobody can sign in to before its invitation is taken up.

        Raises AddressInvalid or AddressTaken.
        """
        kept = normal_email(email)
        row = AccountRow(id=new_id(), email=kept, name=name, role=role.value, created_at=self._clock())
        _set_scope(row, scope)
        try:
            with self._transactions.write() as session:
                if session.scalar(select(AccountRow.id).where(AccountRow.email == kept)):
                    raise AddressTaken
                session.add(row)
                session.flush()
                self._note(session, actor, row.id, "created", None, _rights(row))
        except RecordClash:
            raise AddressTaken from None
        return account_view(row)

    def change(
        self, account_id: str, name: str, role: Role, scope: Scope, actor: str | None = None
    ) -> Account:
        """Give an account another name, role or scope, from its next request on.

        Raises UnknownAccount, and LastAdministrator where nobody would be left who may give rights.
        """
        with self._transactions.write() as session:
            row = self._to_change(session, account_id, stays=role is Role.ADMINISTRATOR)
            before = _rights(row)
            row.name, row.role = name, role.value
            _set_scope(row, scope)
            if before != _rights(row):
                self._note(session, actor, row.id, "changed", before, _rights(row))
            return account_view(row)

    def disable(self, account_id: str, actor: str | None = None) -> None:
        """Close an account and end its sessions; raises UnknownAccount and LastAdministrator."""
        with self._transactions.write() as session:
            row = self._to_change(session, account_id, stays=False)
            if row.disabled_at is None:
                row.disabled_at = self._clock()
                revoke_all(session, account_id)
                self._note(session, actor, account_id, "disabled")

    def enable(self, account_id: str, actor: str | None = None) -> None:
        """Open a closed account again; raises UnknownAccount."""
        with self._transactions.write() as session:
            row = _row(session, account_id, for_update=True)
            if row.disabled_at is not None:
                row.disabled_at = None
                self._note(session, actor, account_id, "enabled")

    def remove_factor(self, account_id: str, actor: str | None = None) -> None:
        """Take away a second factor that was lost, and end all sessions; raises UnknownAccount.

        Who needs one sets another up at the next sign-in.
        """
        with self._transactions.write() as session:
            row = _row(session, account_id, for_update=True)
            self._factor.remove(session, row)
            revoke_all(session, account_id)
            self._note(session, actor, account_id, "factor_removed")

    def _to_change(self, session: Session, account_id: str, stays: bool) -> AccountRow:
        # Two administrators who take each other's rights at the same moment must not both succeed.
        store.one_at_a_time(session.connection())
        row = _row(session, account_id, for_update=True)
        if not stays and row.role == Role.ADMINISTRATOR.value and row.disabled_at is None:
            others = select(func.count()).where(
                AccountRow.role == Role.ADMINISTRATOR.value,
                AccountRow.disabled_at.is_(None),
                AccountRow.joined_at.is_not(None),
                AccountRow.id != account_id,
            )
            if not session.scalar(others):
                raise LastAdministrator
        return row

    def _note(
        self,
        session: Session,
        actor: str | None,
        account_id: str,
        what: str,
        before: Any = None,
        after: Any = None,
    ) -> None:
        note(session, self._clock(), actor, account_id, what, before, after)


def _row(session: Session, account_id: str, for_update: bool = False) -> AccountRow:
    row = session.get(AccountRow, account_id, with_for_update=for_update)
    if row is None:
        raise UnknownAccount
    return row


def _set_scope(row: AccountRow, scope: Scope) -> None:
    row.bodies = sorted(scope.bodies)
    row.departments = sorted(scope.departments)
    row.regions = sorted(scope.regions)


def _rights(row: AccountRow) -> dict[str, Any]:
    scope = scope_of(row)
    return {
        "name": row.name,
        "role": row.role,
        "bodies": sorted(scope.bodies),
        "departments": sorted(scope.departments),
        "regions": sorted(scope.regions),
    }
