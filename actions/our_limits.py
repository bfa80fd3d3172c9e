"""What is asked of the assistant that it does not do or know: the work itself, naming or judging a product, how long a
project takes.
"""

from __future__ import annotations

from dataclasses import replace

from actions.cues import says
from actions.direct_contact import direct_contact
from actions.memory import OWED, Memory
from actions.messages import BotMessage
from actions.services import Services
from actions.turn import Turn

# What is asked for, by its cue, and the template that answers.
LIMITS = {"for_me": "for_me", "enrol": "for_me", "which_product": "which_product", "how_long": "how_long"}


def our_limits(services: Services, memory: Memory, turn: Turn) -> BotMessage | None:
    """Return what is not done here, with whom to ask for the need at hand; None where neither is asked."""
    asked = next((said for cue, said in LIMITS.items() if says(services, cue, turn.text)), None)
    return _with_contact(services, memory, asked) if asked and memory.shown else None


def papers_at_hand(services: Services, memory: Memory, turn: Turn) -> BotMessage | None:
    """Return what the papers are for that an owner holds who was not paid; None where none are named."""
    holds = says(services, "i_hold", turn.text) and says(services, "papers", turn.text)
    if memory.need != OWED or not memory.shown or not holds:
        return None
    return _with_contact(services, memory, "papers")


def _with_contact(services: Services, memory: Memory, said: str) -> BotMessage:
    words = services.wording.render(f"{said}.txt.j2")
    message = BotMessage(words, buttons=[services.wording.button("talk_to_human")])
    for contact in direct_contact(services, memory, memory.need):
        message = replace(message, text=f"{words} {contact.text}", custom=contact.custom | {"lead": words})
    return message
