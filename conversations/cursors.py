"""Where a list goes on: opaque to whoever carries it, and nothing that could be guessed to see more."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

MOST = 300


class BadCursor(ValueError):
    """These characters are no place in a list."""


def pack(parts: Sequence[str | int]) -> str:
    """Return `parts` as one word for an address."""
    written = json.dumps(list(parts), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(written).rstrip(b"=").decode()


def unpack(cursor: str, *kinds: type) -> list[Any]:
    """Return the parts of `cursor`, which must be of these kinds; raises BadCursor."""
    try:
        if len(cursor) > MOST:
            raise BadCursor
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not isinstance(parts, list) or [type(part) for part in parts] != list(kinds):
        raise BadCursor
    return parts
