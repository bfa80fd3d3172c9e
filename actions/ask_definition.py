"""« C'est quoi ? »: what a word means, and what follows from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from actions.answer import PAGE, find, place_in_words
from actions.asides import aside, is_short
from actions.body_named import body_named
from actions.cues import says
from actions.europe import GRANTS, is_european
from actions.form import says_any
from actions.guidance import guidance_message
from actions.memory import AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.money import named_schemes
from actions.next_step import COMPARE, asks_which_channel
from actions.notices import notices
from actions.offer_choices import likely_needs
from actions.owner_action import Outcome, OwnerAction
from actions.page import Page
from actions.place import MOST_QUESTIONS, ask_place, which_place
from actions.services import Services
from actions.turn import Turn, learn
from knowledge.guidance import Fact
from knowledge.matches import FundingMatch

INTENT = "ask_definition"
MOST_TERMS = 2


class AskDefinition(OwnerAction):
    """Explains the word, or the body; a word nobody wrote down is said to be unknown, with somebody to ask."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_definition"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let a scheme that is named be answered with that scheme, « quelles conditions ? » with the reasons, and
        « la différence ? » behind both ways of selling with what each is for.
        """
        if memory.shown and is_short(turn) and says(services, "conditions", turn.text):
            return "action_ask_why"
        if asks_which_channel(services, memory, turn):
            return COMPARE
        scheme = named_schemes(services, learn(memory, turn), turn.text)
        return "action_answer_need" if scheme and not asks_difference(services, turn.text) else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Give the definition, then the need that it belongs to, or the funds of the owner's region."""
        known = learn(memory, turn)
        facts = _definitions(services, turn.text)
        body = None if facts else body_named(services, known, turn.text)
        if body:
            return [*notices(turn), body], known
        about = None if facts else aside(services, known, turn)
        if about:
            return [*notices(turn), about], known
        if not facts:
            return [*notices(turn), _unknown(services, known, turn)], known
        fund = next((fact.id for fact in facts if says(services, "europe", fact.id)), None)
        if fund is None:
            return [*notices(turn), _explained(services, known, facts)], known
        follows, known = _european(services, known, fund)
        return [*notices(turn), guidance_message(services, INTENT, facts), *follows], known


def asks_difference(services: Services, text: str) -> bool:
    """Tell whether a text asks for the difference between terms of which one is known at least."""
    return says(services, "difference", text) and bool(_definitions(services, text))


def _definitions(services: Services, text: str) -> list[Fact]:
    """Return what the terms of the text mean; two only where the difference between two is asked for."""
    define = services.knowledge.guidance.definition
    parts = [text]
    if says_any(text, services.wording.definitions["difference"]):
        parts = [*re.split(services.wording.definitions["between"], text), text]
    found = filter(None, map(define, parts))
    return list({fact.id: fact for fact in found}.values())[:MOST_TERMS]


def _explained(services: Services, memory: Memory, facts: Sequence[Fact]) -> BotMessage:
    """Return the definitions, with the button of each need that they belong to and that is not at hand yet."""
    needs = [services.knowledge.guidance.needs_of(fact.id)[:1] for fact in facts]
    further = [str(need) for first in needs for need in first if need not in memory.needs]
    buttons = [services.wording.need_button(need) for need in dict.fromkeys(further)]
    titles = [button["title"] for button in buttons]
    next_step = services.wording.render("definition_next.txt.j2", titles=titles)
    return replace(guidance_message(services, INTENT, facts, next_step=next_step), buttons=buttons)


def _unknown(services: Services, memory: Memory, turn: Turn) -> BotMessage:
    """Return that no definition is known, whom to ask, and the needs that the message sounds like."""
    contact = services.knowledge.general_contacts(services.place(memory.place))[0]
    buttons = [*likely_needs(services, turn), services.wording.button("talk_to_human")]
    titles = [button["title"] for button in buttons]
    text = services.wording.render("definition_unknown.txt.j2", contact=contact, titles=titles)
    return BotMessage(text, buttons=buttons)


def _european(services: Services, memory: Memory, fund: str) -> Outcome:
    """Return the schemes with money of the European Union at the owner's place, or the question about the place."""
    meant = replace(memory, question=fund)
    if not (memory.place or memory.place_declined or memory.abroad or memory.form):
        return _ask_place(services, meant)
    european = (each for each in find(services, meant, GRANTS).funding if _is_open(services, each))
    schemes = list(islice(european, PAGE))
    if not schemes:
        place = place_in_words(services, memory) or services.wording.definitions["here"]
        return [BotMessage(response="utter_no_european_aid", values={"place": place})], memory
    page = Page(services, meant, GRANTS, 0, len(schemes))
    shown = {"contacts": [0, 0], "funding": [0, len(schemes)]}
    return page.messages([], [each.to_dict() for each in schemes], shown), memory


def _is_open(services: Services, scheme: FundingMatch) -> bool:
    return scheme.status != "ended" and is_european(services, vars(scheme))


def _ask_place(services: Services, memory: Memory) -> Outcome:
    if memory.place_asked >= MOST_QUESTIONS:
        return [], memory
    asked = replace(
        memory, need=memory.need or GRANTS, awaiting=AWAITING_PLACE, place_asked=memory.place_asked + 1
    )
    if memory.place_choices:
        return [which_place(services, memory)], asked
    return [ask_place(services, "utter_ask_place_for_europe")], asked
