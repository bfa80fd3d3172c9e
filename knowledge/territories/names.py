"""Place names as people type them, brought to one form."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_ON_RIVER = re.compile(r"\bs/\s*")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def fold(text: str) -> str:
    """Return `text` in lower case without accents or ligatures; the length may change."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered.translate(_LIGATURES)))


def expand(word: str) -> str:
    """Return the full form of one folded word: `st` is `saint`."""
    return _SHORT_FORMS.get(word, word)


def normalise_name(text: str) -> str:
    """Return the comparison form of a place name: folded words, one space between them.

    Case, accents, hyphens, apostrophes and ligatures do not count; `St` and `Ste` are spelled out and `s/` is
    `sur`. The empty string comes back for a text without letters or digits.
    """
    words = _SEPARATORS.sub(" ", _ON_RIVER.sub("sur ", fold(text))).split()
    return " ".join([_SHORT_FORMS.get(word, word) for word in words])
