"""Seals what must be read again (secrets of second factors) and marks what need not (recovery codes)."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Unsealable(Exception):
    """It was sealed with another secret, or altered."""


class Seal:
    """Works with keys made from `secret`: who has a copy of the database alone can read and guess nothing."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(_derived(secret, b"console seal")))
        self._key = _derived(secret, b"console mark")

    def seal(self, text: str) -> str:
        """Return the text, readable with the same secret only."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Return what was sealed; raises Unsealable."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unsealable from None

    def mark(self, text: str) -> str:
        """Return what a text can be recognised by, in 64 hexadecimal digits."""
        return hmac.new(self._key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
