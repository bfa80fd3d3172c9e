"""Signing in through the identity provider: into an account that an administrator opened, and no other."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from console.accounts.errors import AddressInvalid, NoAccount
from console.accounts.models import AccountRow, ProviderStateRow
from console.accounts.next_page import own_path
from console.accounts.provider import Person, Provider, ProviderRefused, Secrets
from console.accounts.register import normal_email
from console.accounts.signing_in import Caller, Halfway, Signed, SignIn
from conversations.tokens import new_token, token_hash
from conversations.transactions import Transactions

Clock = Callable[[], datetime]
# How long somebody may stay at the provider.
LASTS = timedelta(minutes=10)


class Federation:
    """Calls raise ProviderAway, and RecordUnreachable when the database does not answer."""

    def __init__(self, transactions: Transactions, provider: Provider, sign_in: SignIn, clock: Clock) -> None:
        self._transactions = transactions
        self._provider = provider
        self._sign_in = sign_in
        self._clock = clock

    @property
    def name(self) -> str:
        """What people know the provider as."""
        return self._provider.registration.name

    def begin(self, browser: str, wanted: str) -> str:
        """Return the address to send a browser to; `browser` is a token that it alone holds."""
        secrets = Secrets(new_token(), new_token(), new_token())
        address = self._provider.authorization(secrets)
        row = ProviderStateRow(
            state_hash=token_hash(secrets.state),
            browser_hash=token_hash(browser),
            nonce=secrets.nonce,
            verifier=secrets.verifier,
            next_path=own_path(wanted),
            created_at=self._clock(),
        )
        with self._transactions.write() as session:
            session.add(row)
        return address

    def finish(
        self, browser: str, state: str, code: str, issuer: str, caller: Caller
    ) -> tuple[Signed | Halfway, str]:
        """Let in whom the provider sends back, and say where they wanted to go.

        Raises ProviderRefused where anything does not fit, NoAccount where nobody opened one for this address, and
        SignInRefused where it is closed.
        """
        row = self._taken(browser, state)
        if issuer and issuer != self._provider.registration.issuer:
            raise ProviderRefused("issuer")
        person = self._provider.person(code, Secrets(state, row.nonce, row.verifier))
        account_id = self._account(person)
        return self._sign_in.go_on(account_id, caller, person.strong, person.id_token), row.next_path

    def farewell(self, id_token: str) -> str | None:
        """Return where somebody signs out of the provider too, if there is such a page."""
        return self._provider.farewell(id_token)

    def purge(self) -> int:
        """Delete the sign-ins that never came back; return how many."""
        old = ProviderStateRow.created_at <= self._clock() - LASTS
        with self._transactions.write() as session:
            return session.execute(delete(ProviderStateRow).where(old)).rowcount

    def _taken(self, browser: str, state: str) -> ProviderStateRow:
        """Return the sign-in that this state belongs to, and take it away: a state works once, in one browser."""
        mine = select(ProviderStateRow).where(ProviderStateRow.state_hash == token_hash(state))
        with self._transactions.write() as session:
            row = session.scalar(mine.with_for_update())
            if row is not None:
                session.delete(row)
        if row is None or self._clock() - row.created_at >= LASTS:
            raise ProviderRefused("state")
        if row.browser_hash != token_hash(browser):
            raise ProviderRefused("another browser")
        return row

    def _account(self, person: Person) -> str:
        try:
            mine = select(AccountRow).where(AccountRow.email == normal_email(person.email))
        except AddressInvalid:
            raise ProviderRefused("e-mail address") from None
        with self._transactions.write() as session:
            row = session.scalar(mine)
            if row is None:
                raise NoAccount
            if row.disabled_at is None:
                row.joined_at = row.joined_at or self._clock()
            return row.id
