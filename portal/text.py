"""What is done to an owner's words before they are stored and read."""

import unicodedata
from dataclasses import dataclass

KEPT_CONTROLS = "\n\t"

# Marks that turn the reading direction around: they can make a text look like another one to an advisor.
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class OwnerText:
    """A text that can be stored and read; `cut` says that only its beginning was kept."""

    text: str
    cut: bool


def read_text(raw: str, limit: int) -> OwnerText:
    """Return `raw` without control characters or lone surrogates, its first `limit` characters."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    clean = unicodedata.normalize("NFC", "".join(filter(_is_readable, lines)))
    return OwnerText(text=clean[:limit], cut=len(clean.rstrip()) > limit)


def parted(raw: str, limit: int) -> tuple[str, str]:
    """Return what can be sent of `raw` at once, and the rest: parted at the last gap between words, if there is one."""
    text = read_text(raw.strip(), len(raw)).text
    if len(text) <= limit:
        return text, ""
    gap = max(text.rfind(space, 0, limit + 1) for space in " \n\t")
    end = gap if gap > limit / 2 else limit
    return text[:end].rstrip(), text[end:].lstrip()


def _is_readable(character: str) -> bool:
    if character in KEPT_CONTROLS:
        return True
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in DIRECTION_MARKS
