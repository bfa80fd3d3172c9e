"""The questions of a request for advice. Nothing personal is asked before a yes to a request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from actions import form_run
from actions.asides import is_short
from actions.cues import says
from actions.direct_contact import direct_contact
from actions.form import Answers, Form, choice_of
from actions.form_wording import Choice, Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.name_beside import name_beside
from actions.owner_action import Outcome
from actions.place import which_area
from actions.request_answers import (
    leaves,
    reach_fault,
    read_moment,
    read_name,
    read_reach,
    read_summary,
    usable,
)
from actions.request_news import REQUEST, request_card
from actions.request_words import consent_text, summary_text
from actions.request_writing import new_request
from actions.services import Services
from actions.take_information import FIRST_CHOICES
from actions.turn import Turn
from conversations.errors import RecordUnreachable
from conversations.outbox import HANDOVER
from conversations.request_views import CONFIRMATION, NOTICE, Request
from knowledge.typography import french

# A place that has namesakes, and a place that the owner keeps to themselves.
SEVERAL, DECLINED = "several", "declined"
# The questions whose answers may name the subject in passing.
FIRST = ("offer", "place", "which_place")
# What needs a way to reach the owner.
AFTER_REACH = ("moment", "summary", "consent")
# From this confidence on a message that states a need is one, whatever place it names.
SURE = 0.6


class RequestForm(Form):
    """Whether one is wanted at all; need and place; who asks and how to be reached; the summary; consent."""

    name = REQUEST
    hoped: ClassVar[Answers] = {"offer": "yes", "reach": {"phone": ""}}

    def questions(self, services: Services) -> dict[str, Question]:
        """Return the questions; the choices of the need are the first needs."""
        questions = super().questions(services)
        needs = [
            Choice(code=need, button=french(services.wording.needs[need]["button"])) for need in FIRST_CHOICES
        ]
        return questions | {"need": questions["need"].copy(update={"choices": needs})}

    def applies(self, key: str, answers: Answers) -> bool:
        """Ask nothing more than whether a request is wanted, until it is."""
        if key == "offer":
            return True
        if answers.get("offer") != "yes":
            return False
        if key == "which_place":
            return answers.get("place") == SEVERAL
        return key not in AFTER_REACH or bool(answers.get("reach"))

    def known(self, services: Services, memory: Memory) -> Answers:
        """Take what the conversation told: the need, the place, how to reach the owner."""
        place = memory.place and memory.place["code"]
        unknown = SEVERAL if memory.place_choices else DECLINED if memory.place_declined else None
        facts = {
            "need": memory.need,
            "place": place or unknown,
            "name": memory.results.get(REQUEST, {}).get("name"),
            "reach": usable(memory.contact),
        }
        return {key: value for key, value in facts.items() if value}

    def learn(self, memory: Memory, question: Question, turn: Turn) -> Memory:
        """Take the subject too where a yes names it: « oui, pour un prêt »."""
        known = super().learn(memory, question, turn)
        return taking_up(known, turn, yes=question.key == "offer") if question.key in FIRST else known

    def beside(self, services: Services, memory: Memory, turn: Turn) -> Answers:
        """Take the name that stands beside a number, or a yes: « Martin Lucette, 06… », « oui, Martin Lucette »."""
        name = name_beside(services, turn, alone=memory.form["question"] == "offer")
        return {"name": name} if name else {}

    def ask(self, services: Services, memory: Memory, question: Question) -> str:
        """Fill in what the owner is to agree to."""
        if question.key == "summary":
            return services.wording.render(
                "request_summary_ask.txt.j2", summary=summary_text(services, memory, memory.form["answers"])
            )
        if question.key == "consent":
            return consent_text(services, memory, memory.form["answers"])
        if question.key == "which_place" and memory.place_choices:
            return which_area(services, memory, services.place(memory.place_choices[0]).name)
        return question.ask

    def read(self, services: Services, memory: Memory, question: Question, turn: Turn) -> Any | None:
        """Read each question in its own way."""
        readers = {
            "offer": lambda: _wanted(question, turn),
            "need": lambda: next(iter(turn.needs), turn.about) or choice_of(question.choices, turn),
            "place": lambda: _place(services, memory, turn),
            "which_place": lambda: memory.place and turn.place and memory.place["code"],
            "name": lambda: read_name(services, turn) or name_beside(services, turn),
            "reach": lambda: read_reach(services, turn, again=memory.form["tries"] > 0),
            "moment": lambda: _moment(services, question, turn),
            "summary": lambda: _summary(services, memory, question, turn),
            "consent": lambda: _agreed(services, question, turn),
        }
        return readers[question.key]()

    def aside(self, services: Services, turn: Turn) -> BotMessage | None:
        """Say what is known of when the call comes."""
        asks = is_short(turn) and says(services, "when_called", turn.text)
        return BotMessage(response="utter_when_called") if asks else None

    def wrong(self, services: Services, memory: Memory, question: Question, turn: Turn) -> str | None:
        """Say what is wrong with a number or an address; show the consent anew where one of them was corrected."""
        if question.key == "reach":
            return reach_fault(services, turn)
        if question.key == "consent":
            return self.ask(services, memory, question)
        return None

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Store the request and say so; or say why there is none, and whom to call."""
        kept = {name: value for name, value in memory.results.items() if name != REQUEST}
        memory = replace(memory, results=kept, need=memory.need or answers.get("need"))
        if answers.get("offer") != "yes":
            return [_said(services, "utter_request_declined")], memory
        if not answers.get("reach"):
            return _not_made(services, memory, "utter_request_unreachable")
        if answers.get("consent") != "yes":
            return _not_made(services, replace(memory, contact={}), "utter_request_no_consent")
        try:
            request = services.requests.open(new_request(services, memory, answers, turn))
        except RecordUnreachable:
            return _not_made(services, memory, "utter_request_not_kept")
        made = {REQUEST: {"name": answers.get("name"), "reference": request.reference}}
        return [_made(services, request)], replace(memory, results=kept | made)


def offered(services: Services, memory: Memory, turn: Turn) -> Outcome:
    """Return the offer to pass a request on, to an owner who left a number or an address with a need; « rappelez-moi »
    accepts it already. Nothing where neither was left, or where another question is open.
    """
    if not _details(turn) or memory.form or memory.awaiting:
        return [], memory
    form = RequestForm()
    question = form.questions(services)["offer"]
    accepts = choice_of(question.choices, replace(turn, intent="")) == "yes"
    return form_run.start(services, memory, form, turn, given(services, turn, accepts))


def given(services: Services, turn: Turn, accepts: bool) -> Answers:
    """Return the answers that a message holds before the first question: a yes where it `accepts`, a name."""
    name = name_beside(services, turn)
    return ({"offer": "yes"} if accepts else {}) | ({"name": name} if name else {})


def taking_up(memory: Memory, turn: Turn, yes: bool = False) -> Memory:
    """Return the memory with the need that a wish for a person is about as the one at hand, in the owner's words.

    `yes`: the message answers whether a person is wanted, so a need that it states is such a subject too.
    """
    stated = next(iter(turn.needs), None) if yes and turn.confidence >= SURE else None
    subject = turn.about or stated
    if subject in (None, *memory.needs):
        return memory
    return replace(
        memory, need=subject, other_needs=[], question=turn.text, duties={}, place_asked=0, offered=[]
    )


def _wanted(question: Question, turn: Turn) -> str | None:
    """Return yes or no; who gives a number says yes, « non pardon, c'est le 06… » too, and who asks again."""
    if _details(turn):
        return "yes"
    again = turn.intent == REQUEST and turn.confidence >= SURE
    return choice_of(question.choices, turn) or ("yes" if again else None)


def _moment(services: Services, question: Question, turn: Turn) -> str | None:
    """Return the moment as it was said: « mardi après-midi » is more than the button « L'après-midi »."""
    pressed = [choice.copy(update={"words": ()}) for choice in question.choices]
    named = choice_of(question.choices, turn) is not None  # then it is a moment, whatever it resembles
    return choice_of(pressed, turn) or read_moment(services, turn, sure=named)


def _agreed(services: Services, question: Question, turn: Turn) -> str | None:
    """Return yes or no; who would rather stop or does not know has not agreed, a corrected number is no answer."""
    if _details(turn):
        return None
    return choice_of(question.choices, turn) or ("no" if leaves(services, turn) else None)


def _details(turn: Turn) -> bool:
    return bool(turn.all("email") or turn.all("phone"))


def _place(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return the place that the message tells; the memory has learnt it."""
    if turn.needs and turn.confidence >= SURE:
        return None
    if turn.place:
        return SEVERAL if memory.place_choices else memory.place and memory.place["code"]
    return DECLINED if turn.intent == "deny" and not leaves(services, turn) else None


def _summary(services: Services, memory: Memory, question: Question, turn: Turn) -> dict[str, str] | None:
    """Return the summary agreed to; where nothing is known there is nothing to agree to."""
    offered = summary_text(services, memory, memory.form["answers"])
    written = read_summary(turn)
    agreed = choice_of(question.choices, turn) == "ok" and (written is None or len(turn.text.split()) < 6)
    if offered and agreed:
        return {"text": offered}
    return {"text": written} if written else None


def _said(services: Services, response: str) -> BotMessage:
    acts = ("talk_to_human", "help")
    return BotMessage(response=response, buttons=[services.wording.button(act) for act in acts])


def _not_made(services: Services, memory: Memory, response: str) -> Outcome:
    return [_said(services, response), *direct_contact(services, memory, memory.need)], memory


def _made(services: Services, request: Request) -> BotMessage:
    text = services.wording.render(
        "request_done.txt.j2",
        reference=request.reference,
        recipient=request.recipient.name,
        notified=NOTICE in request.mail,
        handed_over=HANDOVER in request.mail,
        confirmed=CONFIRMATION in request.mail,
        email=request.email,
    )
    return BotMessage(text, custom=request_card(request))
