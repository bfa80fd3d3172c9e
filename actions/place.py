"""The questions before an answer: where is the firm, and for needs abroad which country? At most two in all."""

from __future__ import annotations

from dataclasses import asdict, replace

from actions.answer import answer
from actions.cues import says
from actions.memory import AWAITING_COUNTRY, AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome
from actions.services import Services
from actions.wording_store import as_button
from knowledge.codes import ABROAD
from knowledge.territories import Place

MOST_QUESTIONS = 2
MOST_PLACES = 6


def answer_or_ask_place(services: Services, memory: Memory) -> Outcome:
    """Answer the need if what it turns on is known or was asked for enough; else ask for the place, or which one is
    meant, then for the country.
    """
    enough = memory.place_asked >= MOST_QUESTIONS
    asked = replace(memory, place_asked=memory.place_asked + 1)
    if place_is_open(memory) and not enough:
        question = which_place(services, memory) if memory.place_choices else ask_place(services)
        return [question], replace(asked, awaiting=AWAITING_PLACE)
    memory, asked = in_their_departement(memory), in_their_departement(asked)
    if country_is_open(services, memory) and not enough:
        return [ask_country(services)], replace(asked, awaiting=AWAITING_COUNTRY)
    return answer(services, memory)


def in_their_departement(memory: Memory) -> Memory:
    """Ask no longer which of several places is meant: a département that all of them lie in will do."""
    around = {each["departement"] for each in memory.place_choices}
    if len(around) != 1:
        return replace(memory, place_choices=[])
    place = {"level": "departement", "code": around.pop()}
    return replace(memory, place=place, place_choices=[], awaiting=None)


def place_is_open(memory: Memory) -> bool:
    """Tell whether it is not known, and not refused either, where the firm is."""
    return not (memory.place or memory.place_declined or memory.abroad)


def country_is_open(services: Services, memory: Memory) -> bool:
    """Tell whether a need at hand turns on a country that nobody has told; an area (« en Afrique »), or several
    countries in the question, are an answer.
    """
    told = memory.country or memory.markets
    settled = told or memory.country_declined or says(services, "no_country", memory.question)
    return not settled and any(need in ABROAD for need in memory.needs)


def ask_country(services: Services) -> BotMessage:
    """Return the question about the country; « not yet » and « several » are answers."""
    buttons = [services.wording.button(name) for name in ("country_unknown", "several_countries")]
    return BotMessage(response="utter_ask_country", buttons=buttons)


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


def which_area(services: Services, memory: Memory, name: str) -> str:
    """Return the words that ask in which département the place `name` is, with the choices where it has several."""
    choices = [services.place(each) for each in memory.place_choices]
    inside = [services.territories.get("departement", each.departement) for each in choices]
    where = [services.territories.in_words(each) for each in inside]
    return services.wording.render("which_area.txt.j2", name=name, where=where)


def _inside(services: Services, place: Place) -> str:
    pattern = services.wording.places["question"][place.level]
    if place.level != "commune":
        return pattern
    departement = services.territories.get("departement", place.departement)
    return pattern.format(inside=services.territories.in_words(departement))
