"""What became of answers sent by e-mail: a failure is told without being asked for."""

from __future__ import annotations

from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from actions.turn import Turn
from actions.wording_store import as_button
from conversations.errors import RecordUnreachable

NAME = "take_along"
# The page shows a link beside a message that carries this (portal/printing.py serves it).
PRINT = {"type": "take_along", "url": "/conversation/imprimer"}


def take_along_news(services: Services, memory: Memory, turn: Turn) -> list[BotMessage]:
    """Return a message where answers sent from this conversation did not arrive and its owner does not know yet."""
    if NAME not in memory.results or services.answer_post is None:
        return []
    try:
        if not services.answer_post.failed(turn.sender):
            return []
    except RecordUnreachable:
        return []  # the next message tells it
    text = services.wording.render("take_along_failed.txt.j2")
    return [BotMessage(text, buttons=[take_along_button(services)], custom=PRINT)]


def take_along_button(services: Services) -> dict[str, str]:
    """Return the button that offers the answers in a form to keep."""
    return as_button(services.wording.render("take_along_button.txt.j2", mail=services.mailer.enabled))
