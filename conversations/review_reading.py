"""Reads what is kept of a review, and what the dialogue engine understood, as plain values."""

from collections.abc import Iterable, Mapping
from typing import Any

from conversations.review_models import ReviewTurnRow
from conversations.review_ranges import Marked
from conversations.review_views import Correction, Reading, Who

LEVELS = {"commune": "com", "departement": "dep", "region": "reg"}


def entities_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Marked, ...]:
    """Return the entities as the record keeps them."""
    return tuple(Marked(each["entity"], each["start"], each["end"], str(each["value"])) for each in kept)


def understood_entities(text: str, understood: Mapping[str, Any] | None) -> tuple[Marked, ...]:
    """Return the entities that the dialogue engine found in `text`, with the values of training files.

    What has no place in the text (a postcode that nobody has) is left out.
    """
    found = (understood or {}).get("entities") or []
    return tuple(
        Marked(each["entity"], each["start"], each["end"], training_value(each))
        for each in found
        if isinstance(each.get("start"), int) and 0 <= each["start"] < each["end"] <= len(text)
    )


def training_value(entity: Mapping[str, Any]) -> str:
    """Return the value of an entity as training files write it: « com29232 » for Quimper, « FR » stays « FR »."""
    place = entity.get("additional_info") or {}
    if entity["entity"] == "location" and place.get("level") in LEVELS:
        return f"{LEVELS[place['level']]}{place['code']}"
    return str(entity.get("value"))


def correction_view(row: ReviewTurnRow) -> Correction:
    """Return what a person made of a turn."""
    reading = Reading(row.text, row.intent or "", tuple(row.needs), row.about, entities_of(row.entities))
    who = Who(row.account_id, row.account_name)
    return Correction(row.verdict, reading, row.comment or "", who, row.at)
