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
        buttons = likely_needs(services, turn)
        text = services.wording.render("choices.txt.j2", titles=[button["title"] for button in buttons])
        message = BotMessage(text, buttons=[*buttons, services.wording.button("help")])
        return [*notices(turn), message], learn(memory, turn)


def likely_needs(services: Services, turn: Turn) -> list[dict[str, str]]:
    """Return the buttons of the needs that the message sounds like, best first."""
    likely = [name.removeprefix(NEED_PREFIX) for name in turn.ranking if name.startswith(NEED_PREFIX)]
    return [services.wording.need_button(need) for need in likely[:MOST_CHOICES]]
