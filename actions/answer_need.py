"""An owner states one need or more."""

from __future__ import annotations

from dataclasses import replace

from actions.memory import Memory
from actions.notices import notices
from actions.obligations import duties_asked
from actions.otherwise import otherwise
from actions.owner_action import Outcome, OwnerAction
from actions.place import answer_or_ask_place
from actions.request_form import offered
from actions.services import Services
from actions.turn import Turn, learn


class AnswerNeed(OwnerAction):
    """Learns what the message says, then answers, or asks for the place first."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_answer_need"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Answer the needs of the message in their order."""
        first, *further = turn.needs
        memory = replace(learn(memory, turn), need=first, other_needs=further, place_asked=0, offered=[])
        memory = replace(memory, question=turn.text, duties={})
        duties, memory = duties_asked(services, memory)
        messages, after = answer_or_ask_place(services, memory)
        request, after = offered(services, after, turn)
        others = otherwise(services, turn)
        if after.awaiting:  # the question comes last
            return [*notices(turn), *others, *duties, *messages, *request], after
        return [*notices(turn), *duties, *messages, *request, *others], after
