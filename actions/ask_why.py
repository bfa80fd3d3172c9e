"""« Pourquoi ? »: the reasons of what was shown, in words."""

from __future__ import annotations

from actions.answer import find, place_in_words
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn


class AskWhy(OwnerAction):
    """Explains the contacts of the last answer and how they are chosen."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_why"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Repeat the reason of each contact shown last."""
        if not memory.shown:
            return [BotMessage(response="utter_nothing_to_explain"), *ask_need(services, memory)], memory
        items = [
            item
            for need, shown in memory.shown.items()
            for item in find(services, memory, need).contacts[slice(*shown["contacts"])]
        ]
        text = services.wording.render("why.txt.j2", items=items, place=place_in_words(services, memory))
        return [BotMessage(text)], memory
