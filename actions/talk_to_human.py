"""« Je veux parler à quelqu'un »: whom to call now, then a request that can be passed on."""

from __future__ import annotations

from dataclasses import replace

from actions import form_run
from actions.cancel_request import asks_to_cancel
from actions.direct_contact import direct_contact
from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.request_form import RequestForm, given, taking_up
from actions.request_news import REQUEST, state_message
from actions.services import Services
from actions.turn import Turn, learn
from conversations.errors import RecordUnreachable
from knowledge.codes import ABROAD

FORM = RequestForm()


class TalkToHuman(OwnerAction):
    """Names one body at once, and offers to pass a request on."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_talk_to_human"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let « ne me rappelez plus » take back the request that was made."""
        made = REQUEST in memory.results
        return "action_request_status" if made and asks_to_cancel(services, turn.text) else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say whom to call and where earlier requests stand; then ask whether another one is wanted.

        Who gives a number or an address has said yes already.
        """
        known = taking_up(learn(memory, turn), _with_subject(services, turn))
        said = [
            *notices(turn),
            *_earlier(services, known, turn),
            *direct_contact(services, known, known.need),
        ]
        if memory.form and memory.form["name"] == REQUEST:
            messages, after = form_run.resume(services, known, FORM, turn)
            return [*said, *messages], after
        reached = bool(turn.all("email") or turn.all("phone"))
        messages, after = form_run.start(services, known, FORM, turn, given(services, turn, reached))
        return said + messages, after


def _with_subject(services: Services, turn: Turn) -> Turn:
    """Return the message with the need that its words name, where it was not understood for sure what it is about.

    « Un contrat » alone is no need abroad; « un contrat en Allemagne » is.
    """
    named = services.need_words.named(turn.text)
    abroad = turn.countries or turn.areas
    sure = len(named) == 1 and (named[0] not in ABROAD or abroad)
    return replace(turn, about=named[0]) if turn.about is None and sure else turn


def _earlier(services: Services, memory: Memory, turn: Turn) -> list[BotMessage]:
    """Return where the last request of this conversation stands, so that nobody asks twice unknowingly."""
    if REQUEST not in memory.results:
        return []
    try:
        return [state_message(services, each) for each in services.requests.of_conversation(turn.sender)[:1]]
    except RecordUnreachable:
        return []
