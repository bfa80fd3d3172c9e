"""All that the pages of signing in and of accounts ask, in one place."""

from dataclasses import dataclass

from console.accounts.attempts import Attempts
from console.accounts.audit import Audit
from console.accounts.federation import Federation
from console.accounts.ground import Ground
from console.accounts.links import Links
from console.accounts.post import AccountPost
from console.accounts.register import Register
from console.accounts.second_factor import SecondFactor
from console.accounts.self_service import OwnAccount
from console.accounts.sessions import AccountSessions
from console.accounts.signing_in import SignIn


@dataclass(frozen=True)
class AccountDesk:
    """The services of the accounts, over one database; `federation` where there is an identity provider."""

    register: Register
    sessions: AccountSessions
    links: Links
    sign_in: SignIn
    factor: SecondFactor
    own: OwnAccount
    post: AccountPost
    audit: Audit
    attempts: Attempts
    ground: Ground
    federation: Federation | None = None

    def purge(self) -> None:
        """Delete what has run out but sessions, which go with the record's own purge; raises RecordUnreachable."""
        self.links.purge()
        self.sign_in.purge()
        self.attempts.purge()
        self.audit.purge()
        if self.federation:
            self.federation.purge()
