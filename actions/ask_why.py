"""« Pourquoi ? »: the reasons of what was shown, in words."""

from __future__ import annotations

from typing import Any

from actions.answer import find, place_in_words
from actions.cues import says
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn

Items = list[dict[str, Any]]


class AskWhy(OwnerAction):
    """Explains the contacts or the schemes of the last answer, and how they are chosen."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_why"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Repeat the reason of each contact shown last, or all reasons of each scheme where those are asked for."""
        if not memory.shown:
            return [BotMessage(response="utter_nothing_to_explain"), *ask_need(services, memory)], memory
        contacts, schemes = _last_page(services, memory)
        if schemes and (says(services, "schemes", turn.text) or not contacts):
            text = services.wording.render("why_funding.txt.j2", items=schemes)
            return [BotMessage(text, buttons=[services.wording.button("ask_why")])], memory
        place = place_in_words(services, memory)
        text = services.wording.render("why.txt.j2", items=contacts, place=place)
        buttons = [services.wording.button("ask_why_funding")] if schemes else []
        return [BotMessage(text, buttons=buttons)], memory


def _last_page(services: Services, memory: Memory) -> tuple[Items, Items]:
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
