"""Passwords: argon2id, and what makes one too weak."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from console.accounts.errors import PasswordTooWeak, TooBusy

SHORTEST, LONGEST = 12, 200
FEWEST_CHARACTERS = 5  # different ones
# Each hash takes 64 MB while it is made: a flood of sign-ins must not take all of the memory.
AT_ONCE, WAITING = 4, 8


class Passwords:
    """Makes and checks hashes; `hasher` says at what cost (RFC 9106 by default).

    Both raise TooBusy where too many wait already: those who only read pages must not wait behind a flood of sign-ins.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._gate = threading.BoundedSemaphore(AT_ONCE)
        self._queue = threading.BoundedSemaphore(AT_ONCE + WAITING)
        # Checked where there is no account or no password yet: the answer takes as long.
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._turn():
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Return whether this is the password; None is kept where there is none, and nothing matches it."""
        with self._turn():
            try:
                self._hasher.verify(kept or self._nobody, password[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Return whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._queue.acquire(blocking=False):
            raise TooBusy
        try:
            with self._gate:
                yield
        finally:
            self._queue.release()


def check_strength(password: str, *known: str) -> None:
    """Raise PasswordTooWeak for a password that is easy to guess; `known` are words that others know, as the name."""
    if len(password) < SHORTEST:
        raise PasswordTooWeak("short")
    if len(password) > LONGEST:
        raise PasswordTooWeak("long")
    low = password.casefold()
    told = any(len(word) > 3 and low == word.casefold() for word in known)
    if told or len(set(low)) < FEWEST_CHARACTERS or _is_a_run(low):
        raise PasswordTooWeak("easy")


def _is_a_run(text: str) -> bool:
    """Return whether the text is a keyboard row, the alphabet or digits in order, or one word over and over."""
    rows = (
        "0123456789",
        "abcdefghijklmnopqrstuvwxyz",
        "azertyuiopqsdfghjklmwxcvbn",
        "qwertyuiopasdfghjklzxcvbnm",
    )
    size = len(text)
    repeated = any(
        size % part == 0 and text == text[:part] * (size // part) for part in range(1, size // 2 + 1)
    )
    runs = (row * (size // len(row) + 2) for row in rows)
    return repeated or any(text in run or text[::-1] in run for run in runs)
