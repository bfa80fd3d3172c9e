"""« Annulez ma demande »: asked once, then the request is taken back and who has it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions import form_run
from actions.cues import says
from actions.form import Answers, Form
from actions.form_wording import Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome
from actions.request_news import REQUEST, request_card, state_message
from actions.services import Services
from actions.turn import Turn
from conversations.errors import RecordUnreachable
from conversations.outbox import HANDOVER
from conversations.request_views import CLOSED, Request

NAME = "cancel_request"


class CancelRequestForm(Form):
    """One question, yes or no, about one request, whose reference is an answer given before."""

    name = NAME

    def ask(self, services: Services, memory: Memory, question: Question) -> str:
        """Name the request."""
        return question.ask.format(reference=memory.form["answers"]["reference"])

    def learn(self, memory: Memory, question: Question, turn: Turn) -> Memory:
        """Learn nothing from a yes or a no."""
        return memory

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Take the request back after a yes; anything else keeps it."""
        memory = replace(memory, results={key: kept for key, kept in memory.results.items() if key != NAME})
        if answers.get("sure") != "yes":
            return [BotMessage(response="utter_cancel_request_kept")], memory
        try:
            request = services.requests.withdraw(answers["reference"])
        except RecordUnreachable:
            return [BotMessage(response="utter_request_status_unavailable")], memory
        kept = {key: each for key, each in memory.results.items() if key != REQUEST}
        return [_cancelled(services, request)], replace(memory, results=kept)


def asks_to_cancel(services: Services, text: str) -> bool:
    """Tell whether a message takes a request back: « annulez ma demande », « ne me rappelez plus »."""
    return says(services, "cancel", text)


def cancel(services: Services, memory: Memory, turn: Turn, request: Request) -> Outcome:
    """Ask whether a request is to be taken back; of one that is closed say where it stands."""
    if request.status in CLOSED:
        return [state_message(services, request)], memory
    given: dict[str, Any] = {"reference": request.reference}
    return form_run.start(services, memory, CancelRequestForm(), turn, given)


def _cancelled(services: Services, request: Request) -> BotMessage:
    text = services.wording.render(
        "request_cancelled.txt.j2",
        reference=request.reference,
        recipient=request.recipient.name,
        elsewhere=HANDOVER in request.mail,
        words=services.wording.requests,
    )
    return BotMessage(text, custom=request_card(request))
