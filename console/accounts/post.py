"""Sends links to those they are for: by e-mail through the record's outbox, else they are handed to who asked."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined

from console.accounts.attempts import Attempts, Try
from console.accounts.errors import AddressInvalid, SignInRefused
from console.accounts.links import INVITATION, RESET, Links
from console.accounts.register import Register
from console.accounts.views import Account
from conversations.outbox import ACCOUNT, Mail, Outbox
from conversations.transactions import Transactions
from yaml_files import read_yaml

LETTERS = Path(__file__).with_name("letters.yml")


class AccountPost:
    """Every call raises RecordUnreachable when the database does not answer.

    `address` is that of the console, without a slash at its end. `mails` says whether e-mails leave; without an address
    none does, since a link would lead nowhere.
    """

    def __init__(
        self,
        transactions: Transactions,
        links: Links,
        register: Register,
        outbox: Outbox,
        attempts: Attempts,
        address: str = "",
        mails: bool = False,
    ) -> None:
        self._transactions = transactions
        self._links = links
        self._register = register
        self._outbox = outbox
        self._attempts = attempts
        self._address = address
        self.mails = mails and bool(address)
        self._letters = read_yaml(LETTERS)
        self._environment = Environment(undefined=StrictUndefined, autoescape=False)

    def send_link(self, account: Account, actor: str | None) -> str | None:
        """Invite somebody, or let them choose a new password if they came already.

        Return the token of the link where no e-mail can leave, None where one does; raises UnknownAccount.
        """
        kind = INVITATION if account.invited else RESET
        with self._transactions.write() as session:
            token = self._links.make_within(session, account.id, kind, actor)
            if not self.mails:
                return token
            mail = self._mail(kind, account, link=self.link(token))
            self._outbox.put(session, mail, ACCOUNT, _thread(account))
        return None

    def link(self, token: str) -> str:
        """Return the whole address of a link; empty where the console's own is not known."""
        return f"{self._address}/lien/{token}" if self._address else ""

    def forgotten(self, email: str) -> None:
        """Send a link to whoever has this address and came before; nobody is told whether there is an account."""
        try:
            account = self._register.find(email)
            self._attempts.admit(Try("reset", email.strip().casefold()))
        except (AddressInvalid, SignInRefused):
            return
        if self.mails and account and not account.disabled_at and not account.invited:
            self.send_link(account, account.id)

    def password_changed(self, account: Account) -> None:
        """Tell the owner of an account, who would want to know if it was somebody else."""
        if self.mails:
            with self._transactions.write() as session:
                self._outbox.put(session, self._mail("changed", account), ACCOUNT, _thread(account))

    def _mail(self, kind: str, account: Account, **values: str) -> Mail:
        parts = {
            part: self._environment.from_string(text).render(account=account, **values).strip()
            for part, text in self._letters[kind].items()
        }
        return Mail(account.email, parts["subject"], parts["body"] + "\n")


def _thread(account: Account) -> str:
    """Return what stands in the place of a conversation, so that an account's mail can be found."""
    return f"account-{account.id}"
