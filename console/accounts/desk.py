"""All that the pages of signing in and of accounts ask, in one place."""

from dataclasses import dataclass

from console.accounts.links import Links
from console.accounts.register import Register
from console.accounts.sessions import AccountSessions
from console.accounts.signing_in import SignIn


@dataclass(frozen=True)
class AccountDesk:
    """The services of the accounts, over one database."""

    register: Register
    sessions: AccountSessions
    links: Links
    sign_in: SignIn

    def purge(self) -> None:
        """Delete what has run out; raises RecordUnreachable."""
        self.sessions.purge()
        self.links.purge()
