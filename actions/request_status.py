"""« Où en est ma demande ? », « annulez-la »: found by its reference and the e-mail address, or in the conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions import form_run
from actions.asides import is_short
from actions.cancel_request import asks_to_cancel, cancel
from actions.cues import says
from actions.direct_contact import direct_contact
from actions.email_check import email_fault, read_email
from actions.form import Answers, Form, choice_of, says_any
from actions.form_wording import Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.request_news import REQUEST, state_message
from actions.services import Services
from actions.turn import Turn, learn
from conversations.errors import RecordUnreachable
from conversations.references import names_reference, read_reference

MOST_SHOWN = 3
NO_REFERENCE = "none"
CANCEL = "cancel"  # among the answers: the request that is found is to be taken back


class StatusForm(Form):
    """The reference, then the address that was given with it."""

    name = "request_status"

    def applies(self, key: str, answers: Answers) -> bool:
        """Ask no address where there is no reference."""
        return key == "reference" or bool(_reference(answers))

    def known(self, services: Services, memory: Memory) -> Answers:
        """Take the address that the conversation knows."""
        email = memory.contact.get("email")
        return {"email": email} if email else {}

    def read(self, services: Services, memory: Memory, question: Question, turn: Turn) -> Any | None:
        """Read a reference however it is written, that there is none, or an address."""
        if question.key == "email":
            return read_email(turn)
        return read_reference(turn.text) or choice_of(question.choices, turn)

    def wrong(self, services: Services, memory: Memory, question: Question, turn: Turn) -> str | None:
        """Say what is wrong with a reference or an address, or where to find a reference that was lost."""
        if question.key == "email":
            return email_fault(services, turn)
        lost = says_any(turn.text, services.wording.cues["lost"])
        typed = any(sign.isdigit() for sign in turn.text)
        return services.wording.render("reference_wrong.txt.j2", lost=lost) if lost or typed else None

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Say where the request stands; of a pair that does not fit only that nothing was found."""
        kept = {name: value for name, value in memory.results.items() if name != self.name}
        memory = replace(memory, results=kept)
        try:
            found = _find(services, answers)
        except RecordUnreachable:
            return [BotMessage(response="utter_request_status_unavailable")], memory
        if found:
            if answers.get(CANCEL):
                return cancel(services, memory, turn, found)
            return [state_message(services, found)], memory
        buttons = [services.wording.button("talk_to_human")]
        said = BotMessage(response=_nothing_found(answers), buttons=buttons)
        return [said, *direct_contact(services, memory, memory.need)], memory


class RequestStatus(OwnerAction):
    """Shows the requests of this conversation or takes one back; or asks which one is meant."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_request_status"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let « c'est long ? » behind an answer ask about that answer: nobody has made a request here."""
        about = says(services, "about_request", turn.text) or names_reference(turn.text)
        beside = (memory.shown or memory.duties) and is_short(turn) and REQUEST not in memory.results
        return "action_offer_choices" if beside and not about else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Look in this conversation first; what the message says of a reference and an address is not asked."""
        known, reference = learn(memory, turn), read_reference(turn.text)
        known = replace(known, amount=memory.amount) if reference else known
        try:
            here = services.requests.of_conversation(turn.sender)
        except RecordUnreachable:
            return [BotMessage(response="utter_request_status_unavailable")], known
        meant = [each for each in here if reference in (None, each.reference)]
        cancels = asks_to_cancel(services, turn.text)
        if meant and cancels:
            return cancel(services, known, turn, meant[0])
        if meant:
            return [state_message(services, each) for each in meant[:MOST_SHOWN]], known
        given = ({"reference": reference} if reference else {}) | ({CANCEL: True} if cancels else {})
        messages, after = form_run.start(services, known, StatusForm(), turn, given)
        return [*notices(turn), *messages], after


def _reference(answers: Answers) -> str | None:
    given = answers.get("reference")
    return None if given == NO_REFERENCE else given


def _find(services: Services, answers: Answers) -> Any | None:
    reference, email = _reference(answers), answers.get("email")
    return services.requests.by_reference(reference, email) if reference and email else None


def _nothing_found(answers: Answers) -> str:
    """Return what is said where no request was found: what is lacking, or that the two do not fit."""
    if not _reference(answers):
        return "utter_request_no_reference"
    return "utter_request_not_found" if answers.get("email") else "utter_request_no_address"
