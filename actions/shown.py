"""What was shown last."""

from __future__ import annotations

from typing import Any

from actions.answer import find
from actions.memory import Memory
from actions.services import Services

Items = list[dict[str, Any]]


def last_page(services: Services, memory: Memory) -> tuple[Items, Items]:
    """Return the contacts and the schemes shown last, over all needs."""
    contacts: Items = []
    schemes: Items = []
    for need, shown in memory.shown.items():
        found = find(services, memory, need)
        near = shown.get("near")
        if near:
            contacts += [found.contacts[number].to_dict() for number in near if number < len(found.contacts)]
            continue
        contacts += [each.to_dict() for each in found.contacts[slice(*shown["contacts"])]]
        schemes += [each.to_dict() for each in found.funding[slice(*shown["funding"])]]
    return contacts, schemes
