"""An erasure that was asked for in the conversation, and the proof that is given of it."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.erasing import Erased
from conversations.views import ANSWERED, Message, Turn
from portal.rasa_client import Reply
from portal.wording import Wording

# Types of cards: the first comes from the action server, the second goes to the owner.
ORDER, PROOF = "erase", "erased"
# Owners read the clock of Paris; the message says so, for those overseas.
PARIS = ZoneInfo("Europe/Paris")


def is_ordered(reply: Reply) -> bool:
    """Tell whether the engine answers with the order to erase everything."""
    return any((message.custom or {}).get("type") == ORDER for message in reply.messages)


def is_proof(turn: Turn) -> bool:
    """Tell whether a turn was the last one of a conversation that is erased."""
    return any((message.custom or {}).get("type") == PROOF for message in turn.messages)


def proof(wording: Wording, turn: Turn, removed: Erased, left: int) -> Turn:
    """Return the turn with what the owner is told in place of all answers; it is stored nowhere.

    `left` says in how many places of the record something was found afterwards.
    """
    counts = {"messages": removed.messages, "requests": removed.requests, "interests": removed.interests}
    told = wording.say("messages", "erased", **counts, left=left, when=removed.at.astimezone(PARIS))
    text = re.sub(" +", " ", told)
    card = {"type": PROOF, **counts, "left": left, "at": removed.at.isoformat(timespec="seconds")}
    said = _message(turn, removed.messages + 1, text, card, removed.at)
    return replace(turn, state=ANSWERED, messages=(said,), finished_at=removed.at)


def _message(turn: Turn, number: int, text: str, card: dict, at: datetime) -> Message:
    return Message(
        id=number,
        author="bot",
        text=text,
        buttons=None,
        custom=card,
        at=at,
        message_id=turn.message_id,
        state=ANSWERED,
    )
