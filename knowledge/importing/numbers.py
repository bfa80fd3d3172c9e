"""Numbers of JSON that are too large to be kept: each spoils its own record, never the file.

JSON sets no limit, but databases hold 63 bits and a sign, Python refuses to read thousands of digits, and the parser
stops, or crashes, where it meets them. So long numbers are cut before they are parsed, and refused after.
"""

import json
import re
from decimal import Context, Decimal
from typing import Any

DIGITS = 600  # of one run that are let through; the least that Python can be set to read is 640
LARGEST = 2**63 - 1
KEY_SHOWN = 60  # characters of the name of a field that the reason gives
_FIGURES = b"0123456789"
_LONG_RUN = re.compile(rb"(?<![0-9])([0-9]{%d})[0-9]+" % DIGITS)
_SAMPLE = DIGITS // 6
_PERHAPS_LONG = re.compile(
    rb"[0-9]{6}"
)  # in every `_SAMPLE`th byte: no run can be too long where this is not found
NO_TRAPS = Context(
    traps=[]
)  # for parsers: an exponent of hundreds of digits becomes « not a number », no error


class TooLarge(ValueError):
    """A number that cannot be kept."""


class DigitCutter:
    """Bytes with every run of more than `DIGITS` digits cut to that length, wherever the pieces are cut.

    Runs inside texts are cut as well: no text that is of use holds one.
    """

    def __init__(self) -> None:
        self._run = 0  # digits that the bytes so far end with

    def cut(self, piece: bytes) -> bytes:
        """Return `piece`, the bytes that follow those of the last call, without the digits that are too many."""
        rest = piece.lstrip(_FIGURES)
        lead = piece[: len(piece) - len(rest)]
        kept = lead[: max(0, DIGITS - self._run)]
        tail = len(rest) - len(rest.rstrip(_FIGURES))
        self._run = tail if rest else min(DIGITS, self._run + len(lead))
        return kept + (_LONG_RUN.sub(rb"\1", rest) if _PERHAPS_LONG.search(rest[::_SAMPLE]) else rest)


def plain(number: int | float | Decimal) -> int | float:
    """Return a number as an int of 64 bits or a finite float; raises `TooLarge`."""
    if isinstance(number, int):
        if not -LARGEST <= number <= LARGEST:
            raise TooLarge
        return number
    value = float(number)
    if not -float("inf") < value < float("inf"):
        raise TooLarge
    return value


def fault_of(path: str) -> str:
    """Return the reason why a record with such a number is set aside; `path` says where: `item.budget.max`."""
    return f"`{path[-KEY_SHOWN:]}` is a number too large to be kept"


class _Spoiled(str):
    """What stands for a number that is too large, in a record that was read whole."""


def read_json(text: str) -> Any:
    """Return what a JSON text holds; `spoiled` finds the numbers that are too large. Raises `ValueError`."""
    return json.loads(text, parse_int=_whole, parse_float=_real)


def spoiled(value: Any, path: str = "") -> str | None:
    """Return the path of the first number of `value`, read by `read_json`, that is too large, None if none is."""
    if isinstance(value, _Spoiled):
        return path
    parts = value.items() if isinstance(value, dict) else ()
    parts = (("item", one) for one in value) if isinstance(value, list) else parts
    found = (spoiled(part, f"{path}.{key}" if path else key) for key, part in parts)
    return next(filter(None, found), None)


def _whole(text: str) -> int | str:
    try:
        return plain(int(text)) if len(text) <= DIGITS else _Spoiled(text[:DIGITS])
    except TooLarge:
        return _Spoiled(text)


def _real(text: str) -> float | str:
    try:
        return plain(float(text))
    except TooLarge:
        return _Spoiled(text[:DIGITS])
