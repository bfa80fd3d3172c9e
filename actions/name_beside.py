"""The owner's name beside a number or an address: « rappelez-moi au 06…, Paul Weber »."""

from __future__ import annotations

import re

from actions.request_answers import without_lead
from actions.services import Services
from actions.turn import CONTACTS, Turn
from conversations import masking

# What parts a name from the rest of a message.
_APART = re.compile(r"[,;:\n()/]|\s[-\u2013\u2014]\s|\.(?:\s|$)|!")


def name_beside(services: Services, turn: Turn, alone: bool = False) -> str | None:
    """Return the name that stands apart in a message with a number or an address, or `alone` without one; None where
    there is not just one.

    A name inside a sentence may be that of anybody.
    """
    ways = [each for kind in CONTACTS for each in turn.all(kind)]
    if not ways and not alone:
        return None
    text = turn.text
    for each in sorted(ways, key=lambda way: -way.get("start", 0)):
        text = f"{text[: each.get('start', 0)]},{text[each.get('end', 0) :]}"
    leads = services.wording.requests["name_leads"]
    parts = [without_lead(part.strip(), leads)[0] for part in _APART.split(text)]
    names = [part for part in parts if _is_name(part)]
    return names[0] if len(names) == 1 else None


def _is_name(text: str) -> bool:
    """Tell whether a text is the name of a person from its first letter to its last."""
    found = masking.spans(text) if text else []
    return [(each.start, each.end, each.kind) for each in found] == [(0, len(text), "name")]
