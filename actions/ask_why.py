"""« Pourquoi ? »: the reasons of what was shown, or of the question that is open, in words."""

from __future__ import annotations

from actions.answer import place_in_words
from actions.asides import is_short
from actions.cues import says
from actions.memory import AWAITING_COUNTRY, AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.our_limits import our_limits
from actions.owner_action import Outcome, OwnerAction
from actions.place import ask_country, ask_place, which_place
from actions.services import Services
from actions.shown import last_page
from actions.take_information import ask_need
from actions.turn import Turn

QUESTIONS = (AWAITING_PLACE, AWAITING_COUNTRY)


class AskWhy(OwnerAction):
    """Explains the contacts or the schemes of the last answer and how they are chosen, or what a question is for."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_why"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let « j'en choisis une comment » be what it asks for: a product to be named."""
        asks = is_short(turn) and our_limits(services, memory, turn)
        return "action_offer_choices" if asks else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Repeat the reason of each contact shown last, or all reasons of each scheme where those are asked for.

        What a question of ours is for is said where that is asked, or where there is nothing else to explain.
        """
        ours = says(services, "our_question", turn.text)
        if ours or (memory.awaiting in QUESTIONS and not memory.shown):
            return _our_question(services, memory), memory
        if not memory.shown:
            return [BotMessage(response="utter_nothing_to_explain"), *ask_need(services, memory)], memory
        contacts, schemes = last_page(services, memory)
        if schemes and (says(services, "schemes", turn.text) or not contacts):
            text = services.wording.render("why_funding.txt.j2", items=schemes)
            return [BotMessage(text, buttons=[services.wording.button("ask_why")])], memory
        place = place_in_words(services, memory)
        text = services.wording.render("why.txt.j2", items=contacts, place=place)
        buttons = [services.wording.button("ask_why_funding")] if schemes else []
        return [BotMessage(text, buttons=buttons)], memory


def _our_question(services: Services, memory: Memory) -> list[BotMessage]:
    """Say what the open question is for, or that about the place, and ask it again while it is open."""
    if memory.awaiting == AWAITING_COUNTRY:
        return [BotMessage(response="utter_why_country"), ask_country(services)]
    again = ask_need(services, memory) if not memory.need else []
    if memory.awaiting == AWAITING_PLACE:
        again = [which_place(services, memory) if memory.place_choices else ask_place(services)]
    return [BotMessage(response="utter_why_place"), *again]
