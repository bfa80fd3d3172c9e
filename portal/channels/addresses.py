"""Owners' addresses on messaging channels (telephone numbers, chat ids): never kept in the clear."""

import base64
import hashlib
import hmac
from functools import cached_property
from typing import Any


class UnreadableAddress(ValueError):
    """The address was sealed with another secret."""


class AddressBook:
    """Seals addresses and hashes what could give them away, with keys made from the portal's secret.

    Where the secret changes, nobody is found again: their next message begins a new conversation, and what was still
    to be sent cannot be.
    """

    def __init__(self, secret: str) -> None:
        self._hashing = _key(secret, b"channels/digest")
        self._key = base64.urlsafe_b64encode(_key(secret, b"channels/address"))

    @cached_property
    def _box(self) -> Any:
        # Read where it is used: ten megabytes that a portal without channels does without.
        from cryptography.fernet import Fernet

        return Fernet(self._key)

    def digest(self, channel: str, value: str) -> str:
        """Return a keyed hash to find an address, or a provider's id, by. Some ids hold the telephone number."""
        return hmac.new(self._hashing, f"{channel}:{value}".encode(), hashlib.sha256).hexdigest()

    def seal(self, address: str) -> str:
        """Return the address encrypted."""
        return self._box.encrypt(address.encode()).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """Return the address; raises UnreadableAddress."""
        from cryptography.fernet import InvalidToken

        try:
            return self._box.decrypt(sealed.encode("ascii")).decode()
        except InvalidToken as error:
            raise UnreadableAddress from error


def _key(secret: str, purpose: bytes) -> bytes:
    return hmac.new(secret.encode(), purpose, hashlib.sha256).digest()
