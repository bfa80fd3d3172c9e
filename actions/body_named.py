"""« L'Adie, c'est quoi ? »: a body that is named, with what it does and how to reach it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from knowledge.guidance.words import plain
from knowledge.matches import ContactMatch

NATIONAL = "national"
# What stands behind a name: « – Finistère », « (assurance-crédit) », « : direction régionale ».
_BEHIND = re.compile(r"\s+[–:]\s+|\s*\(")
_IN_BRACKETS = re.compile(r"\(([A-Z]{3,})\)")
_ACRONYM = re.compile(r"[A-Z]{3,}\b")


def body_named(services: Services, memory: Memory, text: str) -> BotMessage | None:
    """Return what the body is that a text names, the nearest of those with that name; None where it names none."""
    place = services.place(memory.place)
    bodies = services.knowledge.directory.bodies(place)
    said = f" {plain(text)} "
    found = [
        (len(form), body)
        for body in bodies
        if place or body.level == NATIONAL
        for form in _forms(body)
        if f" {form} " in said
    ]
    if not found:
        return None
    _, body = max(found, key=lambda each: each[0])  # of equals the first one, the nearest
    item = body.to_dict()
    lead = services.wording.render("body_named.txt.j2", body=body)
    rendered = services.wording.render("contacts.txt.j2", lead=lead, items=[item], start=0, next_step="")
    card = {"type": "contacts", "lead": lead, "need": None, "territory": None, "items": [item], "more": False}
    return BotMessage(rendered, custom=card | {"next_step": ""})


def _forms(body: ContactMatch) -> Iterator[str]:
    """Yield what a body is called: its name without what stands behind it, and its acronym."""
    yield plain(_BEHIND.split(body.name)[0])
    yield from map(plain, _IN_BRACKETS.findall(body.name))
    acronym = _ACRONYM.match(body.name)
    if acronym:
        yield plain(acronym[0])
