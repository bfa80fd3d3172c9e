"""What a message names by its own name, whatever it is taken for otherwise: a request, a scheme."""

from __future__ import annotations

from actions.cues import says
from actions.memory import Memory
from actions.money import named_schemes
from actions.request_news import REQUEST
from actions.services import Services
from actions.turn import Turn, learn
from conversations.references import names_reference


def action_of_name(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return the action for what the message names: a request, by its reference or to take it back, or a scheme; None
    for nothing.
    """
    cancels = REQUEST in memory.results and says(services, "cancel", turn.text)
    if cancels or names_reference(turn.text):
        return "action_request_status"
    return "action_answer_need" if named_schemes(services, learn(memory, turn), turn.text) else None
