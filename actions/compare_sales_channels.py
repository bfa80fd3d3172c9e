"""« Amazon ou mon site ? », « agence ou moi-même ? »: a few questions, then advice with its reasons and budget."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from actions.advice import ComparisonRule, band, scores
from actions.comparing import BOTH, NAME, choose, named_comparison, need_after, recommendation, without_advice
from actions.cues import says
from actions.form import Answers, Form, choice_of
from actions.form_run import start
from actions.form_wording import Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.place import answer_or_ask_place
from actions.services import Services
from actions.turn import Turn, learn

WHICH = "which"
FEW_WORDS = 7  # so many at most ask about the list that was just shown
LEAST_ANSWERS = 2  # one answer is too little for advice
_NUMBER = re.compile(r"\d[\d\s\u00a0\u202f]*")


class ComparisonForm(Form):
    """First which comparison is meant, where the message did not say; then the questions of its rule, if it has one."""

    name = NAME

    def __init__(self, which: str | None = None) -> None:
        self._which = which

    def next_question(self, services: Services, answers: Answers) -> Question | None:
        """Return the first question of the comparison at hand that has no answer."""
        questions = self.questions(services)
        if WHICH not in answers:
            return questions[WHICH]
        rule = services.wording.advice.comparisons.get(answers[WHICH])
        return next((questions[key] for key in (rule.asks if rule else ()) if key not in answers), None)

    def read(self, services: Services, memory: Memory, question: Question, turn: Turn) -> Any | None:
        """Return the choice that the message means by its words, the comparison it names, or a fact of the firm."""
        chosen = choice_of(question.choices, turn)
        if chosen:
            return chosen
        if question.key == WHICH:
            return named_comparison(services, turn.text, loosely=memory.form["question"] == WHICH)
        told = learn(Memory(amount=_bare_sum(question, turn)), turn)
        return _facts(services, told).get(question.key)

    def known(self, services: Services, memory: Memory) -> Answers:
        """Return what the firm's trade and budget answer already, and the comparison that the message named."""
        return _facts(services, memory) | ({WHICH: self._which} if self._which else {})

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Give the advice, or the comparison alone where there is too little to go by; then whom to ask."""
        return advise(services, memory, answers)


class CompareSalesChannels(OwnerAction):
    """Starts the questions of the comparison that the message asks for."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_compare_sales_channels"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let « lequel est le mieux ? » behind a list of contacts be answered with the reasons of their order."""
        few = len(turn.text.split()) <= FEW_WORDS and says(services, "which_of_these", turn.text)
        named = services.need_words.named(turn.text)
        return "action_ask_why" if few and memory.shown and not named else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Ask the first question, or tell the comparison where nothing need be asked."""
        known = learn(memory, turn)
        which = named_comparison(services, turn.text, known.need)
        if which and which not in services.wording.advice.comparisons:
            messages, after = advise(services, known, {WHICH: which})
        else:
            messages, after = start(services, known, ComparisonForm(which), turn)
        return [*notices(turn), *messages], after


def advise(services: Services, memory: Memory, answers: Answers) -> Outcome:
    """Return the advice, or the comparison as it stands, and the contacts of the need that follows from it."""
    which = answers.get(WHICH) or services.wording.advice.named[-1].record
    sides, rule = (
        services.knowledge.guidance.comparison_of(which),
        services.wording.advice.comparisons.get(which),
    )
    ranked = scores(rule.weights, answers, list(rule.ways)) if rule else []
    if sides and ranked and sum(bool(answers.get(key)) for key in rule.asks) >= LEAST_ANSWERS:
        choice = choose(rule, sides, ranked, answers)
        said, need = [recommendation(services, rule, sides, choice)], choice.need
    else:
        choice, need = None, need_after(services, which, memory.need)
        said = [without_advice(services, sides)] if sides else []
    messages, after = answer_or_ask_place(
        services, replace(memory, need=need, other_needs=[], place_asked=0, awaiting=None)
    )
    second = rule.ways[choice.other.to].need if choice and choice.to == BOTH else None
    # Beside the question about the place another need would only confuse.
    return said + (messages if after.awaiting else _offering(services, messages, second)), after


def _offering(services: Services, messages: list[BotMessage], need: str | None) -> list[BotMessage]:
    """Offer the need of the second way behind the contacts of the first."""
    if need is None or not messages:
        return messages
    last = messages[-1]
    return [*messages[:-1], replace(last, buttons=[services.wording.need_button(need), *last.buttons])]


def _facts(services: Services, memory: Memory) -> dict[str, str]:
    """Return the answers that the firm's trade, its budget and the need at hand give."""
    rules = services.wording.advice.comparisons.values()
    return {key: value for rule in rules for key, value in _facts_for(rule, memory).items()}


def _facts_for(rule: ComparisonRule, memory: Memory) -> dict[str, str]:
    division = (memory.sector or {}).get("division")
    by_trade = {key: known[division] for key, known in rule.trades.items() if division in known}
    by_need = {
        key: answer
        for key, needs in rule.needs.items()
        for answer, need in needs.items()
        if need == memory.need
    }
    by_amount = {}
    if memory.amount is not None:
        by_amount = {key: band(bands, memory.amount) for key, bands in rule.bands.items()}
    return by_trade | by_need | by_amount


def _bare_sum(question: Question, turn: Turn) -> int | None:
    """Return a number alone in the message, where a budget was asked for."""
    digits = _NUMBER.fullmatch(turn.text.strip())
    return int(re.sub(r"\D", "", turn.text)) if digits and question.key == "budget" else None
