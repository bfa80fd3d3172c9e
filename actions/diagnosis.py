"""« Faire le point »: eight questions, where the owner stands, what to look at first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.advice import DIAGNOSIS as NAME
from actions.advice import Score, ranked_needs
from actions.form import Answers, Form
from actions.form_run import start
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.place import answer_or_ask_place
from actions.services import Services
from actions.turn import Turn, learn
from knowledge.guidance import Fact
from knowledge.typography import french


class DiagnosisForm(Form):
    """Eight questions with choices; the result stays in the memory, a need is taken up when the owner picks it."""

    name = NAME

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Say where the owner stands by theme and what comes first; without any answer, whom to ask."""
        if not any(answers.values()):
            after = replace(memory, need=NAME, other_needs=[], place_asked=0)
            messages, after = answer_or_ask_place(services, after)
            return [BotMessage(response="utter_diagnosis_empty"), *messages], after
        return [_result(services, answers)], memory


class Diagnosis(OwnerAction):
    """Starts the questions, anew where they were answered before."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_diagnosis"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Ask the first question."""
        return start(services, learn(memory, turn), DiagnosisForm(), turn)


def _result(services: Services, answers: Answers) -> BotMessage:
    """Return what to look at first, then every theme, as one message that can be kept."""
    wording = services.wording
    rule = wording.advice.diagnosis
    first = ranked_needs(rule, answers)
    parts = {
        "first": [_priority(services, number, each) for number, each in enumerate(first, start=1)],
        "fine": _lines(services, answers, fine=True),
        "rest": _lines(services, answers, fine=False),
        "unknown": [rule.themes[key] for key in rule.themes if not answers.get(key)],
    }
    text = {part: wording.render("diagnosis.txt.j2", part=part, **parts) for part in ("lead", "next_step")}
    told = wording.render("diagnosis.txt.j2", part="all", **parts, **text)
    facts = [_fact(line) for part in ("first", "fine", "rest") for line in parts[part]]
    buttons = [wording.need_button(each.to) for each in first] or [wording.button("talk_to_human")]
    return BotMessage(
        told, custom={"type": "guidance", "topic": NAME, "facts": facts, **text}, buttons=buttons
    )


def _priority(services: Services, number: int, score: Score) -> str:
    return services.wording.render(
        "diagnosis_priority.txt.j2", number=number, need=score.to, reason=score.reasons[0]
    )


def _lines(services: Services, answers: Answers, *, fine: bool) -> list[str]:
    rule = services.wording.advice.diagnosis
    stands = [(rule.themes[key], rule.stands[key][answers[key]]) for key in rule.themes if answers.get(key)]
    return [french(f"{theme} : {stand.says}") for theme, stand in stands if stand.fine is fine]


def _fact(line: str) -> dict[str, Any]:
    """Return a line as a fact of the contract: the owner's own words are its only source."""
    return Fact(id=NAME, text=line, source_url=None, as_of=None, status="to_check").to_dict()
