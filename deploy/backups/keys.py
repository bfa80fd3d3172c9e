"""The key of a backup: from a file, or from a passphrase."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from deploy.backups.errors import NoBackup, NoKey, UnusableKey
from settings import Settings

KEY_BYTES, SALT_BYTES = 32, 16
SHORTEST_FILE = 32
# Cost of a passphrase: 64 MB and about 0.2 s. A header that asks for much more is not ours.
COST, MOST_COST = 2**16, 2**18
BLOCK = 8
FILE, PASSPHRASE = "file", "passphrase"


@dataclass(frozen=True)
class Keyring:
    """What the operator gave: the bytes of a key file, or a passphrase."""

    kind: str
    secret: bytes = field(repr=False)

    def new(self) -> tuple[dict[str, Any], bytes]:
        """Return what a header says of a fresh key, and the key."""
        said: dict[str, Any] = {"key": self.kind, "salt": os.urandom(SALT_BYTES).hex()}
        if self.kind == PASSPHRASE:
            said["cost"] = COST
        return said, self.of(said)

    def of(self, header: Mapping[str, Any]) -> bytes:
        """Return the key for what a header says; raises NoBackup where it cannot be followed."""
        try:
            salt = bytes.fromhex(header["salt"])
            cost = int(header.get("cost", COST))
        except (KeyError, TypeError, ValueError):
            raise NoBackup("the file", "its header says nothing of its key") from None
        if header.get("key") != self.kind:
            raise NoBackup(
                "the file", f"it was sealed with a {header.get('key')}, and a {self.kind} was given"
            )
        if self.kind == FILE:
            return HKDF(hashes.SHA256(), KEY_BYTES, salt, b"boussole backup").derive(self.secret)
        if cost > MOST_COST or cost & (cost - 1) or cost < 2:
            raise NoBackup("the file", "its header asks for too much")
        return Scrypt(salt, KEY_BYTES, n=cost, r=BLOCK, p=1).derive(self.secret)


def open_keyring(settings: Settings) -> Keyring:
    """Return what the settings give to seal with; raises NoKey or UnusableKey."""
    if settings.backup_key_file:
        return Keyring(FILE, _file(settings.backup_key_file))
    if settings.backup_passphrase and settings.backup_passphrase.get_secret_value():
        return Keyring(PASSPHRASE, settings.backup_passphrase.get_secret_value().encode())
    raise NoKey


def _file(path: Path) -> bytes:
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise UnusableKey(str(path), error.strerror) from None
    if len(secret) < SHORTEST_FILE:
        raise UnusableKey(str(path), f"it holds less than {SHORTEST_FILE} bytes")
    return secret
