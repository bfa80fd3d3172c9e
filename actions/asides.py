"""What a few words behind an answer ask about it: a rule that they name, since when it holds, what happens to who does
nothing, how an aid is applied for, what the assistant does itself.
"""

from __future__ import annotations

from actions.cues import says
from actions.how_to_apply import how_to_apply
from actions.memory import Memory
from actions.messages import BotMessage
from actions.obligations import duties_message, duties_named
from actions.our_limits import our_limits, papers_at_hand
from actions.services import Services
from actions.turn import Turn

# A message of so many words at most asks about what stands before it rather than for another need.
FEW_WORDS = 8


def is_short(turn: Turn) -> bool:
    """Tell whether a message is short enough to be about the answer before it."""
    return len(turn.text.split()) <= FEW_WORDS


def asks_entitled(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether a few words behind a need ask for what aid there is for it: « j'ai droit à quoi »."""
    few = bool(memory.need) and is_short(turn) and says(services, "entitled", turn.text)
    return few and not services.need_words.named(turn.text)


def aside(services: Services, memory: Memory, turn: Turn) -> BotMessage | None:
    """Return what answers a question about the need at hand; None where the message is none."""
    applies = how_to_apply(services, memory, turn)
    if applies or not memory.need:
        return applies
    if not is_short(turn):
        return duties_named(services, memory, turn.text)
    own = our_limits(services, memory, turn) or papers_at_hand(services, memory, turn)
    if own:
        return own
    if says(services, "when", turn.text):
        dated = duties_message(services, memory, memory.need, turn.text, asked=True)
        return dated or duties_named(services, memory, turn.text)
    if says(services, "if_not", turn.text):
        return duties_named(services, memory, services.wording.duties["if_not"])
    # « NIS 2 nous concerne ? », asked behind aids, names a rule of what they are for.
    before = [memory.project] if memory.project else []
    return duties_named(services, memory, turn.text, before)
