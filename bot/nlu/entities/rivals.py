"""A name that is both a French place and a foreign one."""

from collections.abc import Mapping

from bot.nlu.entities.entity import Entity
from knowledge.territories import Territories, normalise_name

# Inhabitants: below this, a French commune with the name of a known foreign city is not the one meant.
_OUTWEIGHED = 8_000


class Rivals:
    """Settles countries against French places.

    `shared_cities` gives, by country, the names that are a city there where that country is named too.
    """

    def __init__(self, territories: Territories, shared_cities: Mapping[str, list[str]]):
        self._territories = territories
        self._shared = {
            code: {normalise_name(city) for city in cities} for code, cities in shared_cities.items()
        }

    def settle(self, countries: list[Entity], locations: list[Entity]) -> list[Entity]:
        """Return countries and places without overlap: the longer name, then the larger place."""
        kept = []
        for place in locations:
            rivals = [
                country for country in countries if country.start < place.end and place.start < country.end
            ]
            if any(self._foreign(country, place) for country in rivals) or self._abroad(countries, place):
                continue
            kept.append(place)
            countries = [country for country in countries if country not in rivals]
        return countries + kept

    def _foreign(self, country: Entity, place: Entity) -> bool:
        if place.confidence < country.confidence:
            return True
        if len(country.text) != len(place.text):
            return len(country.text) > len(place.text)
        return self._population(place) < _OUTWEIGHED

    def _abroad(self, countries: list[Entity], place: Entity) -> bool:
        name = normalise_name(place.text)
        return any(name in self._shared.get(str(country.value), ()) for country in countries)

    def _population(self, place: Entity) -> int:
        info = place.additional_info or {}
        return self._territories.get(info["level"], info["code"]).population
