"""« Oui » and « non », which mean what the question before them means."""

from __future__ import annotations

from dataclasses import replace

from actions.courtesy import is_leaving
from actions.cues import says
from actions.memory import AWAITING_COUNTRY, AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.next_step import action_of_next_step, action_offered
from actions.offer_choices import MOST_DOUBTS, other_choices
from actions.owner_action import Outcome, OwnerAction
from actions.place import answer_or_ask_place, ask_place, which_place
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn


class Deny(OwnerAction):
    """No place will be given: answer without; else ask what is wanted instead.

    The needs offered in doubt are refused: others are offered, and to who refuses those as well a person.
    """

    def name(self) -> str:
        """Return the action's name."""
        return "action_deny"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let « non, pas un prêt, une subvention » be answered as the need that it names, and a message that only
        sounds like a no, « ça m'intéresse », take the answer further.
        """
        if services.need_words.corrected(turn.text):
            return "action_answer_need"
        if memory.doubts >= MOST_DOUBTS:
            return "action_talk_to_human"
        if memory.need and says(services, "if_not", turn.text):
            return "action_offer_choices"
        if is_leaving(services, memory, turn):
            return "action_courtesy"  # « non merci, je préfère réfléchir »
        return action_of_next_step(services, memory, turn)

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Offer other needs, go on without a place, or ask for the need."""
        if memory.doubts:
            return other_choices(services, memory, turn)
        if memory.awaiting == AWAITING_COUNTRY and memory.need:
            return answer_or_ask_place(services, replace(memory, country_declined=True))
        if memory.awaiting == AWAITING_PLACE:
            memory = replace(memory, awaiting=None, place=None, place_choices=[], place_declined=True)
            if memory.need:
                return answer_or_ask_place(services, memory)
        return [BotMessage(response="utter_deny"), *ask_need(services, memory)], memory


class Affirm(OwnerAction):
    """A yes to an open question is no answer: it is asked again."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_affirm"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let a yes behind an answer take it further, and « ok, et je fais comment ? » be the question that it is."""
        if memory.awaiting or not memory.need:
            return None
        if is_leaving(services, memory, turn):
            return "action_courtesy"
        asks = "?" in turn.text or says(services, "asking", turn.text)
        further = action_of_next_step(services, memory, turn) or ("action_offer_choices" if asks else None)
        return further or action_offered(services, memory, turn)

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Ask again what was asked, or what is needed next."""
        if memory.awaiting == AWAITING_PLACE and memory.need:
            question = which_place(services, memory) if memory.place_choices else ask_place(services)
            return [question], memory
        if memory.awaiting == AWAITING_COUNTRY and memory.need:
            return answer_or_ask_place(services, replace(memory, country_declined=True))
        if memory.need:
            return [BotMessage(response="utter_affirm")], memory
        return ask_need(services, memory), memory
