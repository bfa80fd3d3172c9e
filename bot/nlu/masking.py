"""Hides what a message names behind what kind of thing it is: « à Quimper » reads as « à xlocation ».

Which town, country, trade or amount says nothing of the need, and no training set names them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MASKED = {
    "location": "xlocation",
    "country": "xcountry",
    "amount": "xamount",
    "company_size": "xheadcount",
    "siret": "xsiret",
    "email": "xemail",
    "phone": "xphone",
    "sector": "xtrade",
}
MASKS = frozenset(MASKED.values())


def mask(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """Return `text` with each masked kind of entity replaced by its word; `entities` are rasa's, with start and end."""
    parts, end = [], 0
    named = [entity for entity in entities if entity["entity"] in MASKED and entity.get("start") is not None]
    for entity in sorted(named, key=lambda each: each["start"]):
        if entity["start"] >= end:
            parts += [text[end : entity["start"]], f" {MASKED[entity['entity']]} "]
            end = entity["end"]
    return "".join(parts) + text[end:]
