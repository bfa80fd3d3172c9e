"""Which territories hold a place, and which bodies and schemes therefore reach it."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.territories import Place, Territories

NATIONAL = "national"
COUNTRY, UNION = "PAYS-99100", "UE"
LEVEL_OF_ZONE = {"REG": "region", "DEP": "departement", "EPCI": "epci", "COM": "commune"}
# Overseas collectivities and New Caledonia (Constitution, articles 74 and 76; INSEE codes): a law or a scheme
# of the country holds there only where it says so.
COLLECTIVITIES = frozenset({"975", "977", "978", "984", "986", "987", "988", "989"})
# Of these, the one that belongs to the European Union (TFEU, articles 349 and 355).
_COLLECTIVITIES_IN_UNION = frozenset({"978"})
_KIND_OF_LEVEL = {level: kind for kind, level in LEVEL_OF_ZONE.items()}


def split_zone(zone: str) -> tuple[str, str]:
    """Return the kind and the code of a zone: `REG-53` is (`REG`, `53`)."""
    kind, _, code = zone.partition("-")
    return kind, code


def zone_of(level: str, code: str) -> str:
    """Return the zone of a territory: (`departement`, `29`) is `DEP-29`."""
    return f"{_KIND_OF_LEVEL[level]}-{code}"


@dataclass(frozen=True)
class Reach:
    """The zones that hold a place, from the country down; an unknown place is in the country only."""

    zones: frozenset[str]
    place: Place | None = None

    @property
    def departement(self) -> str | None:
        """Return the département of the place, where it has one."""
        return next((split_zone(zone)[1] for zone in self.zones if zone.startswith("DEP-")), None)

    @property
    def apart(self) -> bool:
        """Say whether the place is in an overseas collectivity, where national schemes may not hold."""
        return self.departement in COLLECTIVITIES

    def names(self, zones: Iterable[str]) -> bool:
        """Say whether `zones` name the place or what holds it, beside the whole country."""
        return not (self.zones - {COUNTRY, UNION}).isdisjoint(zones)

    def covered_by(self, zones: Iterable[str], exclusions: Iterable[str] = ()) -> bool:
        """Say whether one of `zones` holds the place and none of `exclusions` does (they win, as in the
        national schema).
        """
        return not self.zones.isdisjoint(zones) and self.zones.isdisjoint(exclusions)


def reach_of(place: Place | None, territories: Territories) -> Reach:
    """Return the zones that hold `place`.

    An EPCI is known for a commune or for the EPCI itself. A region of one département (overseas) is that
    département.
    """
    if place is None:
        return Reach(frozenset({COUNTRY, UNION}))
    zones = {COUNTRY, zone_of(place.level, place.code)}
    departement = place.departement or _only_departement(place, territories)
    if departement not in COLLECTIVITIES - _COLLECTIVITIES_IN_UNION:
        zones.add(UNION)
    for level, code in (("departement", departement), ("region", place.region), ("epci", place.epci)):
        if code:
            zones.add(zone_of(level, code))
    return Reach(frozenset(zones), place)


@dataclass(frozen=True)
class Seat:
    """Where an office is: the zones that hold it, and how many people live there."""

    zones: frozenset[str]
    population: int


def seat_at(zone: str, territories: Territories) -> Seat:
    """Return the seat named by a zone (`COM-29019`, `DEP-06`) that the loader has checked."""
    kind, code = split_zone(zone)
    place = territories.get(LEVEL_OF_ZONE[kind], code)
    return Seat(reach_of(place, territories).zones - {COUNTRY, UNION}, place.population)


def _only_departement(place: Place, territories: Territories) -> str | None:
    inside = [found.code for found in territories.departements if found.region == place.code]
    return inside[0] if place.level == "region" and len(inside) == 1 else None
