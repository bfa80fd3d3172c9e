"""References of requests: short, to be read over the telephone."""

import re
import secrets

PREFIX = "BP"
# Without vowels (no words come up), without what looks like something else: 0 and O, 1, I and L, U and V, S and 5.
LETTERS = "2346789BCDFGHJKMNPQRTVWXZ"
DIGITS = "0123456789"
_WRITTEN = re.compile(r"\b(?:bp)?[\s\-–.]*([0-9a-z]{4})[\s\-–.]*([0-9oil]{2})\b", re.IGNORECASE)
_PREFIXED = re.compile(r"\bbp[\s\-–.]*([0-9a-z]{4})[\s\-–.]*([0-9oil]{2})\b", re.IGNORECASE)
_SLIPS = str.maketrans("OIL", "011")


def new_reference() -> str:
    """Return a random reference such as BP-7K3M-42; thirty-nine million are possible."""
    middle = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{PREFIX}-{middle}-" + "".join(secrets.choice(DIGITS) for _ in range(2))


def names_reference(text: str) -> bool:
    """Tell whether a text holds a reference with its prefix, which nothing else looks like."""
    return any(set(found[1].upper()) <= set(LETTERS) for found in _PREFIXED.finditer(text))


def read_reference(text: str) -> str | None:
    """Return the reference that a text holds, however it is spaced, with or without its prefix; else None."""
    for pattern in (_PREFIXED, _WRITTEN):
        for found in pattern.finditer(text):
            middle = found[1].upper()
            if set(middle) <= set(LETTERS):
                return f"{PREFIX}-{middle}-{found[2].upper().translate(_SLIPS)}"
    return None
