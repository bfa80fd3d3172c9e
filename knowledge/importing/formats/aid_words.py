"""What the words of open data mean in our codes, and back; the words are data (`mappings/schemes.yml`)."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from knowledge.codes import AidKind, Need
from knowledge.territories import normalise_name
from yaml_files import read_yaml

MAPPINGS = Path(__file__).resolve().parent.parent / "mappings"


@cache
def mapping(stem: str) -> Mapping[str, Any]:
    """Return `mappings/<stem>.yml`, read once a process; raises `OSError` where it is missing."""
    return read_yaml(MAPPINGS / f"{stem}.yml")


class Words:
    """Words that lead to codes; texts are compared without accents, capitals, hyphens and plural."""

    def __init__(self, words: Mapping[str, Iterable[str]]):
        codes = {_key(word): code for code, several in words.items() for word in several}
        self._codes = dict(sorted(codes.items(), key=lambda pair: -len(pair[0])))
        self._pattern = re.compile("|".join(map(_pattern, self._codes)))

    def codes(self, text: str) -> list[str]:
        """Return the codes of the words that stand in `text`, in its order, each once."""
        found = (self._code(match[0]) for match in self._pattern.finditer(normalise_name(text)))
        return list(dict.fromkeys(found))

    def _code(self, matched: str) -> str:
        key = _key(matched)
        if key in self._codes:
            return self._codes[key]
        beginnings = (word for word in self._codes if word.endswith("*") and key.startswith(word[:-1]))
        return self._codes[next(beginnings)]


@lru_cache(maxsize=1)
def _kinds() -> Words:
    return Words({code: kind["words"] for code, kind in mapping("schemes")["aid_kinds"].items()})


@lru_cache(maxsize=1)
def _needs() -> Words:
    return Words(mapping("schemes")["needs"])


def kinds_of(words: Iterable[str]) -> tuple[list[AidKind], list[str]]:
    """Return the kinds that `words` name, main one first, and the words that name none.

    Never empty: where no word is known, the kind is the mapping's default.
    """
    kinds, unknown = [], []
    for word in words:
        found = _kinds().codes(word)
        kinds += found
        if not found:
            unknown.append(word)
    kinds = list(dict.fromkeys(kinds)) or [mapping("schemes")["default_kind"]]
    return [AidKind(kind) for kind in kinds], unknown


def national_word(kind: AidKind) -> str:
    """Return the word of the national schema for a kind."""
    return mapping("schemes")["aid_kinds"][kind.value]["national"]


def needs_of(texts: Iterable[str], kinds: Iterable[AidKind]) -> list[Need]:
    """Return the needs that `texts` name, those of the first text first; else what the kinds stand for."""
    known = mapping("schemes")
    found = [code for text in texts for code in _needs().codes(text)]
    codes = list(dict.fromkeys(found))[: known["needs_kept"]]
    codes = codes or list(dict.fromkeys(known["needs_of_kind"][kind.value] for kind in kinds))
    return [Need(code) for code in codes]


def _key(text: str) -> str:
    star = "*" if text.endswith("*") else ""
    return " ".join(word.rstrip("sx") for word in normalise_name(text).split()) + star


def _pattern(key: str) -> str:
    words = [rf"{re.escape(word.rstrip('*'))}[sx]*" for word in key.split()]
    return r"\b" + r"\s+".join(words) + (r"\w*" if key.endswith("*") else r"\b")
