"""Messages that are no need of their own but deserve a contact: a person, a price, another business question."""

from __future__ import annotations

from actions.answer import same_contacts
from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import Turn, learn


class Orient(OwnerAction):
    """Says plainly what this assistant can and cannot do about the message, then whom to call."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_orient"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say the sentence of the intent, then contacts for the current need or the one that fits the intent."""
        known = learn(memory, turn)
        orientation = services.wording.orientation[turn.intent]
        need = known.need or orientation["need"]
        sentence = BotMessage(response=orientation["response"])
        messages, after = same_contacts(services, known, need)
        return [*notices(turn), sentence, *messages], after
