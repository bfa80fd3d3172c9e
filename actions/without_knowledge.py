"""What is said when the knowledge base is empty or does not answer: plainly, with the contacts of the last copy."""

from __future__ import annotations

from dataclasses import replace

from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from actions.turn import Turn, learn


def answer_without(services: Services, memory: Memory, turn: Turn) -> tuple[list[BotMessage], Memory]:
    """Return the notice with whom to call, and the memory of what the message says: it need not be said again."""
    known = learn(memory, turn)
    if turn.needs:
        known = replace(known, need=turn.needs[0], other_needs=turn.needs[1:], question=turn.text)
    place = services.place(known.place)
    items = services.last_copy.contacts(place) if services.last_copy else []
    notice = services.wording.render("without_knowledge.txt.j2", items=items)
    if not items:
        return [BotMessage(notice)], known
    step = services.wording.render("next_step.txt.j2", items=items)
    text = services.wording.render("contacts.txt.j2", lead=notice, items=items, start=0, next_step=step)
    territory = {"level": place.level, "code": place.code, "name": place.name} if place else None
    custom = {"type": "contacts", "lead": notice, "need": None, "territory": territory, "items": items}
    return [BotMessage(text, custom=custom | {"more": False, "next_step": step})], known
