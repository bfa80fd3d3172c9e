"""« Et pour le dossier, je fais comment ? »: how the schemes of the last answer are applied for."""

from __future__ import annotations

from actions.cues import says
from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from actions.shown import last_page
from actions.turn import Turn

FEW_WORDS = 10  # so many at most ask about what was just shown


def how_to_apply(services: Services, memory: Memory, turn: Turn) -> BotMessage | None:
    """Return the steps of each scheme shown last, or where to ask where none are known; None where nothing of the kind
    is asked, or no scheme was shown.
    """
    if len(turn.text.split()) > FEW_WORDS or not says(services, "how_to_apply", turn.text):
        return None
    _, schemes = last_page(services, memory)
    open_ones = [each for each in schemes if each["status"] != "ended"]
    sheets = [(each, services.knowledge.directory.scheme(each["id"])) for each in open_ones]
    steps = [(each, list(sheet.steps) if sheet else []) for each, sheet in sheets]
    if not steps:
        return None
    text = services.wording.render("how_to_apply.txt.j2", schemes=steps)
    return BotMessage(
        text, buttons=[services.wording.button(act) for act in ("ask_why_funding", "talk_to_human")]
    )
