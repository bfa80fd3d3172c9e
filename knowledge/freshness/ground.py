"""Which départements a set of zones reaches, whole or in part; the collectivities overseas included."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, UNION, reach_of, split_zone
from knowledge.territories import Place, Territories

CACHED = 65_536  # distinct areas; bodies share few


@dataclass(frozen=True)
class Reached:
    """Codes of the départements that zones reach: `whole`, and `part` where only some communes are."""

    whole: frozenset[str] = frozenset()
    part: frozenset[str] = frozenset()

    @property
    def any(self) -> frozenset[str]:
        """Return the départements reached, whole or in part."""
        return self.whole | self.part


class Ground:
    """The communes of every zone, so that areas and exclusions can be counted as sets."""

    def __init__(self, territories: Territories):
        self._territories = territories
        self.departements = list(territories.departements)
        self.collectivities = [place for place in territories.collectivities if place.population]
        self._communes = _communes_by_zone(territories, [*self.departements, *self.collectivities])
        self._departement_of = {code: place.departement for code, place in territories.communes.items()}
        self._within = lru_cache(CACHED)(self._split)

    @property
    def places(self) -> list[Place]:
        """Return the 101 départements, then the collectivities where somebody lives."""
        return [*self.departements, *self.collectivities]

    def reached(self, zones: Iterable[str], exclusions: Iterable[str] = ()) -> Reached:
        """Return the départements reached by `zones` without `exclusions`, which win.

        Raises `UnknownTerritory` for a code that the loader would refuse.
        """
        return self._within(tuple(zones), tuple(exclusions))

    def _split(self, zones: tuple[str, ...], exclusions: tuple[str, ...]) -> Reached:
        communes = self._union(zones) - self._union(exclusions)
        found = defaultdict(int)
        for code in communes:
            found[self._departement_of[code]] += 1
        whole = {code for code, count in found.items() if count == len(self._communes[f"DEP-{code}"])}
        return Reached(frozenset(whole), frozenset(found) - whole)

    def _union(self, zones: tuple[str, ...]) -> frozenset[str]:
        return frozenset().union(*map(self._zone, zones))

    def _zone(self, zone: str) -> frozenset[str]:
        kind, code = split_zone(zone)
        if zone in self._communes:
            return self._communes[zone]
        place = self._territories.get(LEVEL_OF_ZONE[kind], code)
        # The districts of Greater Paris hold no commune of their own in the tables: where the largest one is.
        commune = self._territories.seat(place) if place.level == "epci" else place
        return frozenset({commune.code}) & self._communes[COUNTRY]


def _communes_by_zone(territories: Territories, places: list[Place]) -> dict[str, frozenset[str]]:
    counted = {place.code for place in places}
    zones: dict[str, set[str]] = defaultdict(set)
    above = {place.code: reach_of(place, territories).zones for place in places}
    for code, commune in territories.communes.items():
        if commune.departement not in counted:
            continue
        for zone in above[commune.departement]:
            zones[zone].add(code)
        if commune.epci:
            zones[f"EPCI-{commune.epci}"].add(code)
    return {zone: frozenset(zones[zone]) for zone in (*zones, COUNTRY, UNION)}
