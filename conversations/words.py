"""Words as search knows them: without case, accents and endings, the same on every database."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from yaml_files import read_yaml

STOP = frozenset(read_yaml(Path(__file__).with_name("stop_words.yml")))
SHORTEST, LONGEST = 2, 40
LONG_ENOUGH = 6  # a shorter word loses its plural only
_WORD = re.compile(r"[^\W_]+")
_NO_LETTER = re.compile(r"[\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})


class Word(NamedTuple):
    """A word of a text: its stem, and where it stands."""

    stem: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` that are worth finding, in order."""
    for found in _WORD.finditer(text):
        stem = stem_of(found.group()[: LONGEST * 2])
        if stem is not None:
            yield Word(stem, found.start(), found.end())


def stems(text: str) -> list[str]:
    """Return the stems of `text`, in order."""
    return [word.stem for word in words(text)]


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str | None:
    """Return the stem of one word; None where it is too short or too common to be looked for.

    Takes off what French writes at the end of plurals, feminines and infinitives (after Savoy's minimal stemmer): a
    stem is looked for only among stems, so it need be no word.
    """
    folded = _NO_LETTER.sub("", fold(word))[:LONGEST]
    if len(folded) < SHORTEST or folded in STOP:
        return None
    if folded.endswith("aux") and len(folded) >= LONG_ENOUGH:
        return folded[:-3] + "al"
    if folded[-1] in "sx" and len(folded) > 3:
        folded = folded[:-1]
    if len(folded) < LONG_ENOUGH or not folded.isalpha():
        return folded
    for ending in ("r", "e", "e"):
        folded = folded.removesuffix(ending)
    return folded[:-1] if folded[-1] == folded[-2] else folded


def fold(text: str) -> str:
    """Return `text` in small letters without accents; ligatures become two letters."""
    # Twice small: some signs become capital letters when they are taken apart.
    apart = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES)).lower()
    return "".join(char for char in apart if not unicodedata.combining(char))
