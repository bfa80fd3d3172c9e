"""Cuts long texts where a reader would pause."""

import re
from collections.abc import Callable

Fits = Callable[[str], bool]

# Best first: a blank line, a line, the end of a sentence, a pause within one, a word.
BREAKS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    # Not behind the number of a list (« 1. ») nor « M. », nor before what begins no sentence (« tél. 02 »).
    re.compile(r"(?<=[.!?…»])(?<!\n\d\.)(?<!\n\d\d\.)(?<!\s[A-Z]\.)\s+(?=[A-ZÀ-ÖØ-Þ«“–-])"),
    re.compile(r"(?<=[,;:])\s+"),
    re.compile(r"\s+"),
)
# A break of a better kind is taken as long as that much of the room is used.
LEAST = 0.4


def utf16(text: str) -> int:
    """Return the length as most messengers count it: an emoji counts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def within(limit: int) -> Fits:
    """Return the test of a text that may have so many UTF-16 units."""
    return lambda text: utf16(text) <= limit


def split(text: str, fits: Fits) -> list[str]:
    """Return `text` in parts that all fit, in order, none empty; only white space between parts is lost.

    `fits` is true of every beginning of a text of which it is true, and of any single character.
    """
    parts = []
    rest = text.strip()
    while rest and not fits(rest):
        room = _longest(rest, fits)
        end = _break(rest, room)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest else parts


def _longest(text: str, fits: Fits) -> int:
    """Return how many of the first characters fit, one at least."""
    low, high = 1, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    return low


def _break(text: str, room: int) -> int:
    """Return where to cut within the first `room` characters."""
    for pattern in BREAKS:
        # The white space of the break itself need not fit.
        starts = [found.start() for found in pattern.finditer(text, 0, room + 2) if 0 < found.start() <= room]
        if starts and (starts[-1] >= room * LEAST or pattern is BREAKS[-1]):
            return starts[-1]
    return room
