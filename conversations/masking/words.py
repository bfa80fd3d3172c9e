"""The words that masking knows: names of persons, and the phrases that announce them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from yaml_files import read_yaml

FOLDER = Path(__file__).parent
NAMES = FOLDER / "names.tsv"
TOWNS = FOLDER / "towns.txt"
WORDS = FOLDER / "words.txt"
PHRASES = FOLDER / "phrases.yml"
_ALIKE = {"œ": "o", "Œ": "o", "æ": "a", "Æ": "a", "’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "}


def fold(text: str) -> str:
    """Return `text` in small letters without accents, letter for letter, so that places stay the same."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    base = unicodedata.normalize("NFKD", letter.lower())[:1]
    return base or letter


@dataclass(frozen=True)
class Names:
    """Folded names by what they need to be taken for a person's.

    `given` says for each given name « sure », « capital » (written with one), « phrase » (announced by one) or
    « place » (announced, and also a town's name); `family` « sure » or « word » (also a common word or a town).
    """

    given: Mapping[str, str]
    family: Mapping[str, str]


@lru_cache(maxsize=1)
def load_names() -> Names:
    """Return the names of names.tsv, read once."""
    given, family = {}, {}
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        name, as_given, as_family = line.split("\t")
        if as_given != "-":
            given[name] = as_given
        if as_family != "-":
            family[name] = as_family
    return Names(given, family)


@lru_cache(maxsize=1)
def load_towns() -> frozenset[str]:
    """Return the folded names of the towns of some size, words apart by a space, read once."""
    return frozenset(TOWNS.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def load_words() -> frozenset[str]:
    """Return the folded words that owners use and the names of what they speak of, read once."""
    return frozenset(WORDS.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def load_phrases() -> Mapping[str, Any]:
    """Return phrases.yml, read once."""
    return read_yaml(PHRASES)
