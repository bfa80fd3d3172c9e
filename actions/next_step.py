"""« Ça m'intéresse », « et maintenant ? » behind an answer: next comes a person, or the group that shares one."""

from __future__ import annotations

from actions.asides import is_short
from actions.cues import says
from actions.memory import Memory
from actions.obligations import is_urgent
from actions.services import Services
from actions.shared_cdo_facts import NEED as SHARED
from actions.turn import Turn


def action_of_next_step(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return the action that takes the need at hand further; None where nothing was answered yet or a form is open, and
    where the message asks for no next step.
    """
    if is_urgent(services, memory.need, memory.question):
        return None  # « que faire ? » is answered by the rules
    answered = memory.need and memory.shown and not memory.form and not memory.awaiting
    wanted = any(says(services, cue, turn.text) for cue in ("interested", "what_next"))
    refused = says(services, "not_wanted", turn.text)
    if not (answered and wanted and is_short(turn)) or refused:
        return None
    return "action_shared_cdo" if memory.need == SHARED else "action_talk_to_human"
