"""A name that is both a French place and a foreign one."""

from collections.abc import Mapping
from dataclasses import replace

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import phrases
from knowledge.territories import Territories, normalise_name

# Inhabitants: below this, a French commune with the name of a known foreign city is not the one meant.
_OUTWEIGHED = 8_000


class Rivals:
    """Settles countries against French places; `vocabulary` is `vocabularies/countries.yml`.

    `shared_cities` gives, by country, the names that are a city there where that country is named too;
    `less_known` those for which words of abroad are enough, `better_known` those that are foreign unless a French
    place of their neighbourhood is named.
    """

    def __init__(self, territories: Territories, vocabulary: Mapping):
        self._territories = territories
        self._shared = _by_city(vocabulary["shared_cities"])
        self._less_known = _by_city(vocabulary["less_known"])
        self._better_known = {
            normalise_name(city): (code, {normalise_name(place) for place in near})
            for code, cities in vocabulary["better_known"].items()
            for city, near in cities.items()
        }
        self._abroad = phrases({"abroad": vocabulary["abroad_words"]})

    def settle(self, message: Message, countries: list[Entity], locations: list[Entity]) -> list[Entity]:
        """Return countries and places without overlap: the longer name, then the larger place."""
        kept, cities = [], []
        for place in locations:
            rivals = [
                country for country in countries if country.start < place.end and place.start < country.end
            ]
            if any(self._foreign(country, place) for country in rivals):
                continue
            code = None if rivals else self._country_of(message, place, countries, locations)
            if code:
                cities.append(replace(place, entity="country", value=code, additional_info={"kind": "city"}))
                continue
            kept.append(place)
            countries = [country for country in countries if country not in rivals]
        return countries + cities + kept

    def _country_of(
        self, message: Message, place: Entity, countries: list[Entity], locations: list[Entity]
    ) -> str | None:
        """Return the country of the foreign city that a French place's name means here, if it does."""
        name = normalise_name(place.text)
        codes = self._shared.get(name, ())
        for country in countries:
            if country.value in codes:
                return str(country.value)
        others = {normalise_name(str(other.value)) for other in locations if other is not place}
        code, near = self._better_known.get(name, (None, ()))
        if code and len(message) > 1 and others.isdisjoint(near):
            return code
        if name in self._less_known and not others and next(self._abroad.scan(message), None):
            return next(iter(self._less_known[name]))
        return None

    def _foreign(self, country: Entity, place: Entity) -> bool:
        if place.confidence != country.confidence:
            return place.confidence < country.confidence
        if len(country.text) != len(place.text):
            return len(country.text) > len(place.text)
        return self._population(place) < _OUTWEIGHED

    def _population(self, place: Entity) -> int:
        info = place.additional_info or {}
        return self._territories.get(info["level"], info["code"]).population


def _by_city(cities: Mapping[str, list[str]]) -> dict[str, set[str]]:
    """Return the codes of the countries of each city."""
    found: dict[str, set[str]] = {}
    for code, names in cities.items():
        for name in names:
            found.setdefault(normalise_name(name), set()).add(code)
    return found
