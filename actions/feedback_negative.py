"""« Ça ne m'aide pas »: what is wrong, once; the second time a person."""

from __future__ import annotations

from dataclasses import replace

from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn, learn
from actions.wording_store import as_button
from knowledge.guidance.words import plain


class FeedbackNegative(OwnerAction):
    """Asks what to change; its own button for another need comes back here."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_feedback_negative"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Offer three ways on, or ask for the other need."""
        known = learn(memory, turn)
        if self._another_need(services, turn):
            known = replace(known, need=None, other_needs=[], shown={}, question=None)
            return ask_need(services, known), known
        correct, person = (services.wording.button(act) for act in ("correct", "talk_to_human"))
        buttons = [correct, as_button(services.wording.requests["another_need"]), person]
        said = BotMessage(response="utter_feedback_negative", buttons=buttons)
        return [said], replace(known, complaints=memory.complaints + 1)

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Return the action for a person, to who complains a second time in a row."""
        again = memory.complaints > 0 and not self._another_need(services, turn)
        return "action_talk_to_human" if again else None

    @staticmethod
    def _another_need(services: Services, turn: Turn) -> bool:
        return plain(turn.text) == plain(services.wording.requests["another_need"])
