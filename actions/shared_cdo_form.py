"""The questions behind « Partager un expert avec d'autres », and what is registered after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.days import days_a_month
from actions.email_check import email_fault, read_email
from actions.form import Answers, Form, says_any
from actions.form_wording import Choice, Question
from actions.guidance import guidance_message
from actions.memory import AWAITING_FORM, Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome
from actions.place import which_area
from actions.request_answers import near_domain
from actions.services import Services
from actions.shared_cdo_facts import NEED, share_cost, usual_days
from actions.shared_cdo_state import interests_of, registered, state_message, wish_in_words
from actions.turn import Turn
from conversations.errors import RecordUnreachable
from conversations.interest_views import Wish
from knowledge.guidance.words import plain

# Our judgement: who wants more than this for themselves leaves too little to share.
FEWEST_DAYS, MOST_DAYS = 0.5, 15
_NUMBERS = re.compile(r"[1-9](?: (?:et )?[1-9])*")
# What is asked only when somebody could be found nearby.
AFTER_AREA = ("trade", "consent", "email")
# From this confidence on a message that states a need is one, whatever place it names.
SURE = 0.6


class SharedCdoForm(Form):
    """Skills, days, where, trade; then consent, and only then the e-mail."""

    name = NEED

    def applies(self, key: str, answers: Answers) -> bool:
        """Ask nothing more without a place, and no e-mail without consent."""
        if key in AFTER_AREA and not answers.get("area"):
            return False
        return key != "email" or answers.get("consent") == "yes"

    def known(self, services: Services, memory: Memory) -> Answers:
        """Take the place, the trade and the address that were told before."""
        email = memory.contact.get("email")
        facts = {"area": _area(services, memory), "trade": _trade(memory), "email": email}
        return {key: value for key, value in facts.items() if value}

    def ask(self, services: Services, memory: Memory, question: Question) -> str:
        """Fill in what would be kept."""
        if question.key != "consent":
            return question.ask
        return consent_text(services, question, memory.form["answers"])

    def read(self, services: Services, memory: Memory, question: Question, turn: Turn) -> Any | None:
        """Read each question in its own way; consent is a choice."""
        if question.key == "skills":
            return skills_of(question.choices, turn.text)
        if question.key == "days":
            days = days_a_month(turn.text)
            return days if days and FEWEST_DAYS <= days <= MOST_DAYS else None
        if question.key in ("area", "trade"):
            return None if _another_need(turn) else self._fact(services, memory, question.key, turn)
        if question.key == "email":
            return _address(services, memory, turn)
        return super().read(services, memory, question, turn)

    def _fact(self, services: Services, memory: Memory, key: str, turn: Turn) -> dict[str, str] | None:
        """Return the place or the trade that the message tells; `memory` has learnt it."""
        told = turn.place if key == "area" else turn.last("sector")
        return self.known(services, memory).get(key) if told else None

    def wrong(self, services: Services, memory: Memory, question: Question, turn: Turn) -> str | None:
        """Say why a number of days, a place or an address cannot be right."""
        if question.key == "email":
            return _address_fault(services, turn)
        days = days_a_month(turn.text, bare=question.key == "days")
        if question.key == "days" and days is not None:
            return services.wording.render("shared_cdo_days.txt.j2", most=MOST_DAYS, days=days)
        if question.key == "area" and turn.place:
            return which_area(services, memory, turn.place["value"])
        return None

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Register what was agreed to; without place, consent or e-mail keep nothing and say so."""
        kept = {name: value for name, value in memory.results.items() if name != self.name}
        memory = replace(memory, results=kept)
        if not answers.get("area"):
            return [_nothing_kept(services, "utter_shared_cdo_no_place")], memory
        if answers.get("consent") != "yes":
            return [_nothing_kept(services, "utter_shared_cdo_refused")], memory
        if not answers.get("email"):
            return [_nothing_kept(services, "utter_shared_cdo_no_email")], memory
        return self._register(services, memory, answers, turn)

    def _register(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        agreed = consent_text(services, self.questions(services)["consent"], answers)
        wish = wish_of(services, answers, agreed)
        try:
            interests = interests_of(services)
            interest = interests.register(turn.sender, wish)
            interests.told(interest)
        except RecordUnreachable:
            return [BotMessage(response="utter_shared_cdo_retry")], self._reopened(memory, answers)
        cost = share_cost(services, wish.days)
        state = state_message(services, interest, new=True)
        if cost is None:
            return [state], registered(memory)
        price = replace(guidance_message(services, NEED, [cost]), buttons=state.buttons)
        return [replace(state, buttons=[]), price], registered(memory)

    def _reopened(self, memory: Memory, answers: Answers) -> Memory:
        """Return the memory that waits for the last answer again: nothing is lost when the record is away."""
        before = {key: value for key, value in answers.items() if key != "email"}
        form = {"name": self.name, "answers": before, "question": "email", "tries": 0}
        return replace(memory, form=form, awaiting=AWAITING_FORM)


def skills_of(choices: Sequence[Choice], text: str) -> list[str] | None:
    """Return the codes of all choices that a text means, by button, number or words; None where there is none."""
    words = plain(text)
    by_button = [choice.code for choice in choices if plain(choice.button) == words]
    if by_button:
        return by_button
    if _NUMBERS.fullmatch(words):
        chosen = {int(each) for each in words.split() if each.isdigit()}
        return [choice.code for place, choice in enumerate(choices, start=1) if place in chosen] or None
    return [choice.code for choice in choices if says_any(text, choice.words)] or None


def consent_text(services: Services, question: Question, answers: Answers) -> str:
    """Return the question that asks for consent, with all that would be kept."""
    told = "shared_cdo_told.txt.j2"
    return question.ask.format(
        summary=wish_in_words(services, wish_of(services, answers)),
        told=f"{services.wording.render(told)} " if services.mailer.enabled else "",
    )


def wish_of(services: Services, answers: Answers, consent: str = "") -> Wish:
    """Return the wish behind the answers so far."""
    area, trade = answers["area"], answers.get("trade") or {}
    return Wish(
        departement=area["departement"],
        place_level=area["level"],
        place_code=area["code"],
        place_name=area["name"],
        skills=tuple(answers.get("skills") or ()),
        days=answers.get("days") or usual_days(services),
        email=answers.get("email") or "",
        consent=consent,
        division=trade.get("division"),
        trade=trade.get("words"),
    )


def _area(services: Services, memory: Memory) -> dict[str, str] | None:
    """Return the place of the memory where it lies in one département."""
    place = services.place(memory.place)
    if place is None or place.departement is None:
        return None
    return {"level": place.level, "code": place.code, "name": place.name, "departement": place.departement}


def _trade(memory: Memory) -> dict[str, str] | None:
    sector = memory.sector or {}
    known = {"division": sector.get("division"), "words": sector.get("trade")}
    return known if any(known.values()) else None


def _address(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return the address of the message; one that looks mistyped is taken when it comes again."""
    email = read_email(turn)
    unsure = email and not memory.form["tries"] and near_domain(services, email)
    return None if unsure else email


def _address_fault(services: Services, turn: Turn) -> str | None:
    email = read_email(turn)
    likely = email and near_domain(services, email)
    if likely:
        return services.wording.render("reach_near.txt.j2", email=email, likely=likely)
    return email_fault(services, turn)


def _another_need(turn: Turn) -> bool:
    return bool(turn.needs) and turn.confidence >= SURE


def _nothing_kept(services: Services, response: str) -> BotMessage:
    wording = services.wording
    buttons = [wording.need_button(NEED), wording.button("talk_to_human")]
    return BotMessage(response=response, buttons=buttons)
