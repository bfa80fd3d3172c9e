"""The one question before an answer: where is the firm? Asked only if it is not known, and never three times."""

from __future__ import annotations

from dataclasses import asdict, replace

from actions.answer import answer
from actions.memory import AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome
from actions.services import Services
from actions.wording_store import as_button
from knowledge.territories import Place

MOST_QUESTIONS = 2
MOST_PLACES = 6


def answer_or_ask_place(services: Services, memory: Memory) -> Outcome:
    """Answer the need if the place is known or was asked for enough; else ask for it, or which one is meant."""
    if memory.place or memory.place_declined or memory.abroad or memory.place_asked >= MOST_QUESTIONS:
        return answer(services, replace(memory, place_choices=[]))
    asked = replace(memory, awaiting=AWAITING_PLACE, place_asked=memory.place_asked + 1)
    if memory.place_choices:
        return [which_place(services, memory)], asked
    return [ask_place(services)], asked


def ask_place(services: Services, response: str = "utter_ask_place") -> BotMessage:
    """Return the question about the place; an owner may decline to answer it."""
    return BotMessage(response=response, buttons=[services.wording.button("deny")])


def which_place(services: Services, memory: Memory) -> BotMessage:
    """Return the question which of several places of one name is meant."""
    words = services.wording.places
    places = [services.place(each) for each in memory.place_choices[:MOST_PLACES]]
    one_name = len({each.name for each in places}) == 1
    options = [("" if one_name else f"{each.name} ") + _inside(services, each) for each in places]
    buttons = [as_button(words["button"][each.level].format(**asdict(each))) for each in places]
    return BotMessage(
        response="utter_ask_which_place" if one_name else "utter_ask_which_of_places",
        values={
            "name": places[0].name,
            "options": words["join"].join([", ".join(options[:-1]), options[-1]]),
        },
        buttons=[*buttons, services.wording.button("deny")],
    )


def _inside(services: Services, place: Place) -> str:
    pattern = services.wording.places["question"][place.level]
    if place.level != "commune":
        return pattern
    departement = services.territories.get("departement", place.departement)
    return pattern.format(inside=services.territories.in_words(departement))
