"""What can be wrong with an account or a sign-in."""


class SignInRefused(Exception):
    """Address, password or code is wrong, the account is disabled, or too much was tried: nobody is told which."""


class LinkSpent(Exception):
    """The link was used, is too old, or never was."""


class AddressTaken(Exception):
    """An account has this e-mail address already."""


class AddressInvalid(Exception):
    """This is no e-mail address."""


class PasswordTooWeak(Exception):
    """The password is too short, too long or too easy to guess; `why` is a key of `passwords` in wording.yml."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnknownAccount(LookupError):
    """No account has this id."""


class LastAdministrator(Exception):
    """Nobody would be left who may give rights."""


class FactorRequired(Exception):
    """Somebody of this role signs in with a second factor only."""


class NoAccount(Exception):
    """Nobody opened an account for the address that the identity provider names."""


class TooBusy(Exception):
    """More people sign in at this moment than can be looked at."""
