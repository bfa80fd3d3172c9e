"""A message that is no question for this assistant, or no message at all."""

from __future__ import annotations

from actions.memory import Memory
from actions.messages import BotMessage
from actions.named import action_of_name
from actions.offer_choices import in_doubt, likely_needs
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import Turn

# What can be asked here, shown as buttons: three families that most owners ask about.
EXAMPLES = ("website", "grants", "e_invoicing")


class OutOfScope(OwnerAction):
    """Says what can be asked here, with examples; nothing that was said before is lost."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_out_of_scope"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let a message that names a request or a scheme be answered with that."""
        return action_of_name(services, memory, turn)

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Answer an empty message as such, another language with the needs it sounds like, anything else with what
        this assistant is for; examples are the needs that the message may be about, where that is in doubt. After
        another doubt it is one more.
        """
        if memory.doubts and not turn.sure:
            return in_doubt(services, memory, turn)
        help_button = services.wording.button("help")
        if turn.foreign:
            buttons = [*likely_needs(services, turn), help_button]
            return [BotMessage(response="utter_other_language", buttons=buttons)], memory
        response = "utter_out_of_scope" if turn.text.strip() else "utter_empty_message"
        likely = [] if turn.sure else likely_needs(services, turn)
        examples = likely or [services.wording.need_button(need) for need in EXAMPLES]
        return [BotMessage(response=response, buttons=[*examples, help_button])], memory
