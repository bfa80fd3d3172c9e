"""Which records of different sources are the same body or the same scheme; the limits are data."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

from knowledge.schema import Advisor, Scheme
from knowledge.territories import normalise_name
from yaml_files import read_yaml

_LIMITS = Path(__file__).parent / "mappings" / "identity.yml"
WEAK = ("url:", "siret:")  # keys that branches of one network share


@lru_cache(maxsize=1)
def _limits() -> dict[str, Any]:
    return read_yaml(_LIMITS)


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return the words of a name that tell which body or scheme it is."""
    text = normalise_name(name)
    for long, short in _limits()["short_forms"].items():
        text = text.replace(long, short)
    return " ".join(dict.fromkeys(word for word in text.split() if word not in _limits()["idle"]))


def same_name(one: str, other: str) -> bool:
    """Say whether two names have the same words."""
    return bool(name_key(one)) and sorted(name_key(one).split()) == sorted(name_key(other).split())


def likeness(kind: str, one: str, other: str) -> float:
    """Return how alike two names are, 0 to 100; 0 where a word tells them apart."""
    if _distinctive(one) != _distinctive(other) or _apart(name_key(one), name_key(other)):
        return 0.0
    measure = token_set_ratio if kind == "advisor" else token_sort_ratio
    return measure(name_key(one), name_key(other))


def _apart(one: str, other: str) -> bool:
    """Say whether each name has words that the other lacks, and these are not alike: Brest and Quimper."""
    mine, theirs = one.split(), other.split()
    left = " ".join(word for word in mine if word not in theirs)
    right = " ".join(word for word in theirs if word not in mine)
    return bool(left and right) and ratio(left, right) < _limits()["own_words_similarity"]


def enough(kind: str, weak_key: bool = False) -> float:
    """Return how alike names must be, less where the records share a page or a SIRET."""
    if weak_key:
        return _limits()["weak_key_similarity"]
    return _limits()["name_similarity" if kind == "advisor" else "title_similarity"]


def _distinctive(name: str) -> set[str]:
    words = set(re.findall(r"[a-z]+|\d+", normalise_name(name)))
    return {word for word in words if word in _limits()["distinctive"] or word.isdigit()}


def name_of(record: Advisor | Scheme) -> str:
    """Return the name of a body or the title of a scheme."""
    return record.titre if isinstance(record, Scheme) else record.name


def ground_of(record: Advisor | Scheme) -> tuple[str, str, str | None]:
    """Return what another record must share to be the same: family, territory, seat."""
    if isinstance(record, Scheme):
        zones = " ".join(sorted(record.eligibilite_geographique))
        return record.level.value, zones[:64], None
    return record.kind.value, f"{record.level}:{record.territory}", record.seat
