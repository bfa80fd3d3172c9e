"""Which of several homonyms a message means."""

from collections.abc import Iterable
from dataclasses import replace

from bot.nlu.entities import place_context as context
from bot.nlu.entities.message import Message
from bot.nlu.entities.places import Mention
from knowledge.territories import Place

# Inhabitants: a smaller town does not take « à » from the area of its name (« à La Réunion »).
_TOWN = 5_000


def inside(place: Place, area: Place) -> bool:
    """Return whether `area` is, or holds, the place."""
    if area.level == "commune":
        return place.code == area.code and place.level == area.level
    if area.level == "departement":
        return place.departement == area.code or (place.level == "region" and place.code == area.region)
    return place.region == area.code


def inner(places: Iterable[Place], areas: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places inside one of the areas."""
    areas = tuple(areas)
    return tuple(place for place in places if any(inside(place, area) for area in areas))


def in_the_same(places: Iterable[Place], towns: Iterable[Place]) -> tuple[Place, ...]:
    """Return the communes in the département of one of the towns: « à côté de Rennes, Cesson »."""
    near = {town.departement for town in towns if town.departement}
    return tuple(place for place in places if place.level == "commune" and place.departement in near)


def by_preposition(message: Message, mention: Mention) -> tuple[Place, ...]:
    """Return towns after « à », areas after « dans la »; everything where the preposition fits both."""
    towns = tuple(p for p in mention.places if p.level == "commune" and p.population >= _TOWN)
    areas = tuple(place for place in mention.places if place.level != "commune")
    if not towns or not areas:
        return areas or mention.places
    return towns if context.to_a_town(message, mention) else areas


def by_accents(message: Message, mention: Mention) -> Mention:
    """Return the mention with only the places whose accents are those typed, if any: « Viré » is not Vire."""
    raw = message.text[message.words[mention.first].start : message.words[mention.last].end].lower()
    if raw.isascii():
        return mention
    same = tuple(place for place in mention.places if place.name.lower() == raw)
    return replace(mention, places=same) if same else mention


def alternatives(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places that the first one does not outweigh, itself left out."""
    first = places[0]
    return tuple(place for place in places[1:7] if not first.outweighs(place))
