"""What else a message may have meant, beside an answer that is likely but not sure to be the right one."""

from __future__ import annotations

from actions.messages import BotMessage
from actions.offer_choices import likely_needs
from actions.services import Services
from actions.turn import Turn

MOST_OTHERS = 2


def otherwise(services: Services, turn: Turn) -> list[BotMessage]:
    """Return one message that offers the next likeliest needs as buttons; none where the understanding is sure."""
    buttons = [] if turn.sure else likely_needs(services, turn, but=turn.needs)[:MOST_OTHERS]
    if not buttons:
        return []
    text = services.wording.render("otherwise.txt.j2", titles=[button["title"] for button in buttons])
    return [BotMessage(text, buttons=buttons)]
