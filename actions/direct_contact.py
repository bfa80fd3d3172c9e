"""Whom an owner can call at once, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from actions.answer import find
from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from knowledge.matches import ContactMatch

LOOKED_AT = 3


def contacts_for(services: Services, memory: Memory, need: str | None) -> Sequence[ContactMatch]:
    """Return the bodies for `need` where the owner is, best first; the general ones where no need is known."""
    if need:
        return find(services, memory, need).contacts
    return services.knowledge.general_contacts(services.place(memory.place))


def direct_contact(services: Services, memory: Memory, need: str | None) -> list[BotMessage]:
    """Return a message that names one body: the first with a telephone among the best, else the best."""
    found = contacts_for(services, memory, need)[:LOOKED_AT]
    if not found:
        return []
    item = next((each for each in found if each.phone), found[0]).to_dict()
    place = services.place(memory.place)
    text = services.wording.render("direct_contact.txt.j2", item=item)
    card = {
        "type": "contacts",
        "lead": text,
        "need": need,
        "territory": {"level": place.level, "code": place.code, "name": place.name} if place else None,
        "items": [item],
        "more": True,
    }
    return [BotMessage(text, custom=card)]
