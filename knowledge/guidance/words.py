"""Words as owners type them, brought to one form."""

import re

from rapidfuzz import fuzz

from knowledge.territories.names import fold

SURE_LENGTH, SLIP = 5, 85  # shorter words are not guessed; from this likeness on (0 to 100) two words are one
_SEPARATORS = re.compile(r"[^a-z0-9&+]+")
_PLURALS = (("aux", "al"), ("x", ""), ("s", ""))


def plain(text: str) -> str:
    """Return the comparison form of a text: words without case, accents, hyphens or apostrophes, one space
    between them.
    """
    return " ".join(_SEPARATORS.sub(" ", fold(text)).split())


def stems(text: str) -> list[str]:
    """Return the words of a text in the singular, in order (a guess by their end: « travaux » is « traval »,
    wherever it stands).
    """
    return [_singular(word) for word in plain(text).split()]


def alike(typed: str, known: str) -> bool:
    """Say whether two words are the same but for a slip of the keyboard; short words must be equal."""
    if typed == known:
        return True
    return min(len(typed), len(known)) >= SURE_LENGTH and fuzz.ratio(typed, known) >= SLIP


def _singular(word: str) -> str:
    for ending, singular in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + singular
    return word
