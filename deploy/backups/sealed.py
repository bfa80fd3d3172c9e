"""A stream sealed piece by piece (AES-256-GCM): nothing of it can be read, altered, cut off or reordered unseen.

A file is the magic, one byte of version, the header (its length, then JSON) and the pieces (length, then sealed bytes).
The nonce of a piece is a random prefix, its number, and whether it is the last; each piece authenticates the header.
"""

from __future__ import annotations

import io
import json
import os
import struct
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deploy.backups.errors import AlteredBackup, NoBackup, TruncatedBackup, WrongKey

MAGIC, VERSION = b"BOUSSOLE", 1
PIECE = 2**20
PREFIX = 7
_LENGTH = struct.Struct(">I")
# More than any header or piece of ours: what stands in a file before it is authenticated is not to be trusted.
MOST_HEADER = 4096
MOST_PIECE = PIECE + 16


class SealedWriter(io.RawIOBase):
    """Writes to `out` sealed with `key` (32 bytes); `header` stands in it readable. Closing writes the last piece."""

    def __init__(self, out: BinaryIO, key: bytes, header: Mapping[str, Any]) -> None:
        super().__init__()
        self._out, self._cipher = out, AESGCM(key)
        self._prefix, self._number, self._waiting = os.urandom(PREFIX), 0, bytearray()
        raw = json.dumps({**header, "prefix": self._prefix.hex()}).encode()
        self._head = MAGIC + bytes([VERSION]) + _LENGTH.pack(len(raw)) + raw
        out.write(self._head)

    def writable(self) -> bool:
        """Tell that it is."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes; whole pieces are sealed at once, except one that may be the last."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seal the last piece; the file beneath stays open."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
            super().close()

    def _seal(self, piece: bytes, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._number, last), piece, self._head)
        self._out.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads what SealedWriter wrote. `key_of` returns the key for a header.

    Raises NoBackup, WrongKey, AlteredBackup or TruncatedBackup as soon as it is seen; what was read before is
    authentic, and whole only once the end has been read.
    """

    def __init__(self, file: BinaryIO, name: str, key_of: Callable[[Mapping[str, Any]], bytes]) -> None:
        super().__init__()
        self._file = file
        self._head, self.header = read_header(file, name)
        self._cipher = AESGCM(key_of(self.header))
        self._prefix = bytes.fromhex(self.header["prefix"])
        self._number, self._open, self._ended = 0, memoryview(b""), False

    def readable(self) -> bool:
        """Tell that it is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as the present piece goes; 0 at the end."""
        while not self._open and not self._ended:
            self._open = memoryview(self._next())
        count = min(len(buffer), len(self._open))
        buffer[:count], self._open = self._open[:count], self._open[count:]
        return count

    def _next(self) -> bytes:
        length = self._file.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            raise TruncatedBackup
        (size,) = _LENGTH.unpack(length)
        if size > MOST_PIECE:
            raise AlteredBackup
        sealed = self._file.read(size)
        if len(sealed) < size:
            raise TruncatedBackup
        more = bool(self._file.peek(1)) if hasattr(self._file, "peek") else True
        for last in (not more, more):
            try:
                piece = self._cipher.decrypt(_nonce(self._prefix, self._number, last), sealed, self._head)
            except InvalidTag:
                continue
            return self._accept(piece, last, more)
        raise (AlteredBackup if self._number else WrongKey)

    def _accept(self, piece: bytes, last: bool, more: bool) -> bytes:
        if last and more:
            raise AlteredBackup  # something was put behind the end
        if not last and not more:
            raise TruncatedBackup
        self._number, self._ended = self._number + 1, last
        return piece


def read_header(file: BinaryIO, name: str) -> tuple[bytes, dict[str, Any]]:
    """Return the raw beginning of a backup, as far as it stands readable, and its header; raises NoBackup."""
    start = file.read(len(MAGIC) + 1 + _LENGTH.size)
    if not start.startswith(MAGIC) or len(start) < len(MAGIC) + 1 + _LENGTH.size:
        raise NoBackup(name, "it does not begin like one")
    if start[len(MAGIC)] != VERSION:
        raise NoBackup(name, f"version {start[len(MAGIC)]}, and {VERSION} is known here")
    (size,) = _LENGTH.unpack(start[-_LENGTH.size :])
    raw = file.read(size) if size <= MOST_HEADER else b""
    try:
        header = json.loads(raw)
        bytes.fromhex(header["prefix"])
    except (ValueError, KeyError, TypeError):
        raise NoBackup(name, "its header cannot be read") from None
    return start + raw, header


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + _LENGTH.pack(number) + bytes([last])
