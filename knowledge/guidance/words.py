"""Words as owners type them, brought to one form."""

import re

from knowledge.territories.names import fold

_SEPARATORS = re.compile(r"[^a-z0-9&+]+")


def plain(text: str) -> str:
    """Return the comparison form of a text: words without case, accents, hyphens or apostrophes, one space
    between them.
    """
    return " ".join(_SEPARATORS.sub(" ", fold(text)).split())
