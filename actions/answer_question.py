"""Whatever is said while a form has a question open: an answer, a stop, or something else first."""

from __future__ import annotations

from actions import form_run
from actions.form_registry import FORMS
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import Turn, learn

# Below this confidence a message is an answer that was not understood, not another subject.
SURE = 0.6
# What answers look like: never another subject by themselves.
ANSWERS = {"inform", "correct", "affirm", "deny", "out_of_scope", "feedback_negative"}


class AnswerQuestion(OwnerAction):
    """Takes the answer, or lets the other subject be answered and asks again after it."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_answer_question"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Go on with the form, or answer a courtesy and ask again."""
        form = FORMS[memory.form["name"]]
        taken = form_run.take_answer(services, learn(memory, turn), form, turn)
        if taken:
            return taken
        if self._other_subject(turn):
            said = [BotMessage(response=services.routes[turn.intent])]
            question, after = form_run.reminder(services, memory, form)
            return [*said, question], after
        return form_run.not_understood(services, learn(memory, turn), form, turn)

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Return the action that answers the message, where it is another subject that has one."""
        form = FORMS[memory.form["name"]]
        action = services.routes.get(turn.intent, "")
        if not self._other_subject(turn) or not action.startswith("action_"):
            return None
        return None if form_run.take_answer(services, memory, form, turn) else action

    @staticmethod
    def _other_subject(turn: Turn) -> bool:
        return turn.confidence >= SURE and turn.intent not in ANSWERS
