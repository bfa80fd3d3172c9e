"""« Recevoir ces réponses par e-mail », « Imprimer ces réponses »: what an owner can take along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.email_check import email_fault, read_email
from actions.form import Answers, Form, choice_of, says_any
from actions.form_run import start
from actions.form_wording import Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.request_answers import near_domain
from actions.services import Services
from actions.take_along_news import NAME, PRINT
from actions.turn import Turn
from conversations.errors import RecordUnreachable

NO = "no"


class TakeAlongForm(Form):
    """The address, which is the consent; it is kept in no slot."""

    name = NAME

    def ask(self, services: Services, memory: Memory, question: Question) -> str:
        """Say what is sent, and what becomes of the address."""
        return services.wording.render("take_along_ask.txt.j2", known=memory.contact.get("email"))

    def learn(self, memory: Memory, question: Question, turn: Turn) -> Memory:
        """Keep the address nowhere."""
        return memory

    def read(self, services: Services, memory: Memory, question: Question, turn: Turn) -> Any | None:
        """Return the address or a refusal; one that looks mistyped is taken when it comes again."""
        email = read_email(turn)
        if email:
            return None if near_domain(services, email) and not memory.form["tries"] else email
        if turn.intent == "affirm" and "@" not in turn.text:
            return memory.contact.get("email")
        return choice_of(question.choices, turn)

    def wrong(self, services: Services, memory: Memory, question: Question, turn: Turn) -> str | None:
        """Say what is wrong with the address."""
        email = read_email(turn)
        likely = email and near_domain(services, email)
        if likely:
            return services.wording.render("reach_near.txt.j2", email=email, likely=likely)
        return email_fault(services, turn)

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Send the answers, or nothing."""
        memory = replace(memory, results={key: kept for key, kept in memory.results.items() if key != NAME})
        email = answers.get("email")
        if not email or email == NO:
            return [BotMessage(response="utter_take_along_not_sent")], memory
        try:
            services.answer_post.send(turn.sender, email)
        except RecordUnreachable:
            return [_printable("utter_take_along_unavailable")], memory
        sent = replace(memory, results=memory.results | {NAME: {"sent": True}})
        return [BotMessage(services.wording.render("take_along_sent.txt.j2", email=email))], sent


class TakeAlong(OwnerAction):
    """Sends by e-mail where e-mail is sent; the page to print is there in any case."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_take_along"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Ask for the address, or say why not and what there is instead."""
        if says_any(turn.text, services.wording.cues["print"]):
            return [_printable("utter_take_along_print")], memory
        if not services.mailer.enabled or services.answer_post is None:
            return [_printable("utter_take_along_no_mail")], memory
        try:
            if not services.answer_post.answers(turn.sender):
                return [BotMessage(response="utter_take_along_nothing")], memory
            if services.answer_post.used_up(turn.sender):
                return [_printable("utter_take_along_used_up")], memory
        except RecordUnreachable:
            return [_printable("utter_take_along_unavailable")], memory
        if memory.form:  # its open question is asked again; a form under way would be lost
            own = memory.form["name"] == NAME
            return [] if own else [BotMessage(response="utter_take_along_later")], memory
        return start(services, memory, TakeAlongForm(), turn)


def _printable(response: str) -> BotMessage:
    return BotMessage(response=response, custom=PRINT)
