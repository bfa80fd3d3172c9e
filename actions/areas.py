"""Finds areas that are said instead of a country: « en Afrique », « dans l'Union européenne »."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from knowledge.guidance.words import plain

Areas = Mapping[str, Mapping[str, Any]]


def area_finder(areas: Areas) -> Callable[[str], list[str]]:
    """Return what finds the names of the areas of `wording/areas.yml` in a text, in its order; of
    two that overlap the longer one (« hors UE » is not « UE »).
    """
    names = {phrase: name for name, area in areas.items() for phrase in area["words"]}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    return lambda text: list(dict.fromkeys(names[found] for found in pattern.findall(plain(text))))
