"""The token that an owner holds: signed, so that a forged one costs no look-up, and renewed from time to time."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from itsdangerous import BadSignature, TimestampSigner

from conversations.errors import UnknownConversation

Clock = Callable[[], datetime]

# A token that was given longer ago than this is replaced at the next answer.
FRESH = timedelta(days=1)
TOKENS_KEPT = 256
# What stands under the signature: the key that was drawn for the conversation, and how often its token was renewed.
_SIGNED = re.compile(r"([A-Za-z0-9_-]{43})\.(\d{1,9})")
# The whole of it, with the second it was given and the signature.
_WHOLE = re.compile(r"[A-Za-z0-9_-]{43}\.\d{1,9}\.[A-Za-z0-9_-]{1,12}\.[A-Za-z0-9_-]{43}")
# Tokens that were given before they were signed: the key alone.
_UNSIGNED = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class OwnerToken:
    """What a token says: the conversation's key, the serial number of the token, and when it was given.

    `given_at` is None for a token of before they were signed.
    """

    key: str
    serial: int = 0
    given_at: datetime | None = None
    signed: bool = True


class OwnerTokens:
    """Gives tokens and reads them; `keys` are the secrets, the newest first: it signs, all are accepted.

    `unsigned` lets tokens through that were given before they were signed. `clock` returns the present moment with its
    time zone.
    """

    def __init__(self, keys: Sequence[str], clock: Clock, unsigned: bool = False) -> None:
        self._signer = _Signer(list(reversed(keys)), clock)
        self._clock = clock
        self._unsigned = unsigned
        # One request reads its token several times.
        self._read = lru_cache(maxsize=TOKENS_KEPT)(self._read_anew)

    def give(self, key: str, serial: int = 0) -> str:
        """Return the token of this serial number for the conversation of this key."""
        return self._signer.sign(f"{key}.{serial}").decode("ascii")

    def read(self, token: str) -> OwnerToken:
        """Return what `token` says; raises UnknownConversation for one that we never gave."""
        return self._read(token)

    def _read_anew(self, token: str) -> OwnerToken:
        if self._unsigned and _UNSIGNED.fullmatch(token):
            return OwnerToken(token, signed=False)
        if not _WHOLE.fullmatch(token):
            raise UnknownConversation()
        try:
            value, given_at = self._signer.unsign(token, return_timestamp=True)
        except BadSignature as error:
            raise UnknownConversation() from error
        said = _SIGNED.fullmatch(value.decode("ascii"))
        if said is None:
            raise UnknownConversation()
        return OwnerToken(said[1], int(said[2]), given_at)

    def renewed(self, token: str) -> str | None:
        """Return the token to hold from now on, None while `token` is fresh enough.

        The same one is given until somebody shows it: an answer that is lost on its way takes nothing away.
        """
        held = self.read(token)
        if held.given_at is not None and self._clock() - held.given_at < FRESH:
            return None
        return self.give(held.key, held.serial + 1)


class _Signer(TimestampSigner):
    """The library's signer with SHA-256, by a clock that is handed in."""

    default_digest_method = staticmethod(hashlib.sha256)
    default_key_derivation = "hmac"

    def __init__(self, keys: list[str], clock: Clock) -> None:
        super().__init__(keys, salt="boussole.owner-token")
        self._clock = clock

    def get_timestamp(self) -> int:
        """Return the present second."""
        return int(self._clock().timestamp())
