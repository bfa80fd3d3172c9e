"""« Et si j'embauche ? », « et si on était 12 ? »: what would change, without taking the hypothesis for a fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from actions.answer import find
from actions.cues import says
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn
from knowledge.codes import Need
from knowledge.facts import Firm
from knowledge.typography import number

MOST_CHANGES = 3  # of a kind: what an owner reads
_NUMBER = re.compile(r"\b(\d{1,4})\b")


class WhatIf(OwnerAction):
    """Works the answer out once more for a larger or smaller firm, or another budget, and says what differs."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_what_if"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say what changes for the needs at hand; the memory keeps the facts as they are."""
        if not memory.need:
            return ask_need(services, memory), memory
        supposed = suppose(services, memory, turn)
        if supposed is None:
            return [BotMessage(response="utter_what_if_unclear")], memory
        return [_message(services, memory, supposed)], memory


def suppose(services: Services, memory: Memory, turn: Turn) -> Memory | None:
    """Return the memory as it would be; None where the hypothesis is not clear."""
    amount = turn.last("amount")
    if amount:
        return replace(memory, amount=amount["value"])
    hiring = says(services, "hiring", turn.text)
    told = _number(services, turn)
    if hiring and memory.company_size is not None:
        return replace(memory, company_size=memory.company_size + (told or 1))
    if told is None or hiring:
        return None
    return replace(memory, company_size=told)


def _number(services: Services, turn: Turn) -> int | None:
    told = turn.last("company_size")
    if told:
        return told["value"]
    figure = _NUMBER.search(turn.text)
    if figure:
        return int(figure[1])
    words = services.wording.what_if["numbers"]
    return next((words[word] for word in turn.text.lower().replace("?", " ").split() if word in words), None)


def _message(services: Services, memory: Memory, supposed: Memory) -> BotMessage:
    schemes = _changes(
        [_schemes(services, each) for each in (memory, supposed)],
        lambda item: (item["eligible"], (item["estimate"] or {}).get("formula")),
    )
    duties = _changes(
        [_duties(services, each) for each in (memory, supposed)], lambda item: (item["text"], item["state"])
    )
    text = services.wording.render(
        "what_if.txt.j2",
        euros=lambda sum_: f"{number(sum_)} €",
        before=memory,
        after=supposed,
        schemes=schemes[:MOST_CHANGES],
        duties=duties[:MOST_CHANGES],
    )
    facts = [_fact(services, each) for each in schemes[:MOST_CHANGES]]
    facts += [
        {name: each[name] for name in ("text", "source_url", "as_of")} for each in duties[:MOST_CHANGES]
    ]
    lead = text.partition("\n")[0]
    return BotMessage(text, custom={"type": "guidance", "topic": "what_if", "lead": lead, "facts": facts})


def _fact(services: Services, scheme: dict[str, Any]) -> dict[str, Any]:
    text = services.wording.render("what_if_scheme.txt.j2", item=scheme)
    return {"text": text, "source_url": scheme["source_url"], "as_of": scheme["verified_on"]}


def _schemes(services: Services, memory: Memory) -> dict[str, dict[str, Any]]:
    found = (item for need in memory.needs for item in find(services, memory, need).funding)
    return {item.id: item.to_dict() for item in found if item.status != "ended"}


def _duties(services: Services, memory: Memory) -> dict[str, dict[str, Any]]:
    firm, today = Firm(headcount=memory.company_size), services.today()
    found = [
        duty
        for need in memory.needs
        for duty in services.knowledge.guidance.obligations(Need(need), firm, today)
    ]
    return {f"{each.id} {each.text}": each.to_dict() for each in found}


def _changes(sides: Sequence[dict[str, dict]], compared: Callable[[dict], tuple]) -> list[dict[str, Any]]:
    """Return the items of the second side that the first has not, or not so; `before` is what the first has."""
    before, after = sides
    differ = [
        key for key, item in after.items() if key not in before or compared(item) != compared(before[key])
    ]
    return [after[key] | {"before": before.get(key)} for key in differ]
