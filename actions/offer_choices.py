"""A message that was not understood for sure: the likeliest needs are offered, nothing is guessed."""

from __future__ import annotations

from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import NEED_PREFIX, Turn, learn

MOST_CHOICES = 3


class OfferChoices(OwnerAction):
    """Offers three needs as buttons; what the message says of the firm is kept."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_offer_choices"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Offer the likeliest needs, best first."""
        wording = services.wording
        likely = [name.removeprefix(NEED_PREFIX) for name in turn.ranking if name.startswith(NEED_PREFIX)]
        buttons = [wording.need_button(need) for need in likely[:MOST_CHOICES]]
        text = wording.render("choices.txt.j2", titles=[button["title"] for button in buttons])
        message = BotMessage(text, buttons=[*buttons, wording.button("help")])
        return [*notices(turn), message], learn(memory, turn)
