"""« Autre », « plus de contacts », « plus près »: what the last answer left out."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import PAGE, find, next_pages
from actions.cues import says
from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.page import Page
from actions.place import answer_or_ask_place, place_is_open
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn, learn

# The levels of bodies that are near, nearest first.
NEAR = ("commune", "epci", "departement")


class MoreResults(OwnerAction):
    """Shows what was not shown yet, or what is nearer; says so when that is all."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_more_results"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Go on in the list, or start a new one where the message names a new fact."""
        known = learn(memory, turn)
        if not known.need:
            return [*notices(turn), *ask_need(services, known)], known
        if says(services, "nearer", turn.text) and not (place_is_open(known) or known.abroad):
            messages, after = _nearer(services, known, known.firm == memory.firm)
        elif known.firm != memory.firm or not known.shown:
            messages, after = answer_or_ask_place(services, known)
        else:
            messages, after = next_pages(services, known)
        return [*notices(turn), *(messages or [_all_shown(services)])], after


def _nearer(services: Services, memory: Memory, same_firm: bool) -> Outcome:
    """Return the contacts of the owner's own département that were not shown yet, nearest first, or say that there is
    none left.
    """
    need, place = memory.need, services.place(memory.place)
    contacts = list(find(services, memory, need).contacts)
    shown = memory.shown.get(need) if same_firm else None
    shown = shown or {"contacts": [0, 0], "funding": [0, 0]}
    near = [number for number, each in enumerate(contacts) if place and each.level in NEAR]
    near.sort(key=lambda number: NEAR.index(contacts[number].level))
    seen = {*range(shown["contacts"][1]), *shown.get("near", [])}
    new = [number for number in near if number not in seen][:PAGE]
    if not new:
        names = [contacts[number].name for number in near][:PAGE]
        text = services.wording.render("none_nearer.txt.j2", names=names)
        buttons = [services.wording.button(act) for act in ("more_results", "correct", "talk_to_human")]
        return [BotMessage(text, buttons=buttons)], memory
    page = Page(services, memory, need, len(new), 0)
    items = [contacts[number].to_dict() for number in new]
    already = any(number in seen for number in near)
    kind = "beside" if already else "nearer"
    messages = page.messages(items, [], {"contacts": [0, len(items)], "funding": [0, 0]}, kind)
    shown = shown | {"near": [*shown.get("near", []), *new]}
    return messages, replace(memory, shown=memory.shown | {need: shown}, awaiting=None)


def _all_shown(services: Services) -> BotMessage:
    buttons = [services.wording.button(act) for act in ("correct", "talk_to_human")]
    return BotMessage(response="utter_no_more_results", buttons=buttons)
