"""What an owner should know about what they typed, before the answer."""

from __future__ import annotations

from actions.messages import BotMessage
from actions.turn import Turn

RESPONSES = {"invalid_siret": "utter_invalid_siret", "unknown_postcode": "utter_unknown_postcode"}


def notices(turn: Turn) -> list[BotMessage]:
    """Return a word on what cannot be right (a SIRET, a postcode), and on a language that is not answered in."""
    language = [BotMessage(response="utter_other_language")] if turn.foreign else []
    return language + [
        BotMessage(response=RESPONSES[doubt], values={"number": turn.all(doubt)[-1]["value"]})
        for doubt in turn.doubts
    ]
