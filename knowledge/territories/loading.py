"""The territories read from their tables, once a process."""

import gc
import sys
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from knowledge.territories import tables
from knowledge.territories.place import Place
from knowledge.territories.territories import Source, Territories

OVERSEAS_COLLECTIVITY = "com"


def _communes(regions: Mapping[str, str]) -> tuple[dict[str, Place], dict[str, tuple[Place, ...]]]:
    communes: dict[str, Place] = {}
    postcodes: dict[str, list[Place]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for code, name, departement, codes, population, epci in tables.rows("communes"):
        # Few codes and numbers say something of many communes: each is kept once, not once a commune.
        departement, epci = sys.intern(departement), sys.intern(epci) if epci else None
        inhabitants = numbers.setdefault(population, int(population))
        place = Place("commune", code, name, departement, regions[departement], epci, inhabitants)
        communes[code] = place
        for postcode in codes.split():
            postcodes[postcode].append(place)
    return communes, {postcode: tuple(places) for postcode, places in postcodes.items()}


def _areas(level: str, population: Mapping[str, int]) -> list[tuple[bool, Place]]:
    areas = []
    for code, name, region, _, _, zone in tables.rows(f"{level}s"):
        own = code if level == "departement" else None
        place = Place(level, code, name, own, region, None, population.get(code, 0))
        areas.append((zone == OVERSEAS_COLLECTIVITY, place))
    return areas


def _epcis(communes: Mapping[str, Place]) -> dict[Place, Place]:
    found = {}
    for code, name, _, population, main in tables.rows("epci"):
        seat = communes[main]
        found[Place("epci", code, name, seat.departement, seat.region, code, int(population))] = seat
    return found


def _read() -> Source:
    communes, postcodes = _communes({row[0]: row[2] for row in tables.rows("departements")})
    by_departement: dict[str, int] = defaultdict(int)
    by_region: dict[str, int] = defaultdict(int)
    for place in communes.values():
        by_departement[place.departement] += place.population
        by_region[place.region] += place.population
    areas, regions = _areas("departement", by_departement), _areas("region", by_region)
    return Source(
        communes=communes,
        departements=[place for overseas, place in areas if not overseas],
        collectivities=[place for overseas, place in areas if overseas],
        regions=[place for overseas, place in regions if not overseas],
        collectivity_regions=[place for overseas, place in regions if overseas],
        epcis=_epcis(communes),
        postcodes=postcodes,
        former=list(tables.rows("former_communes")),
        nicknames=tables.mapping("nicknames"),
        wording=tables.mapping("wording"),
    )


@lru_cache(maxsize=1)
def load_territories() -> Territories:
    """Read the tables of `knowledge/content/territories/` once; every call returns the same object.

    They live as long as the process. The garbage collector is told so: walking their half a million objects would
    stop it for a tenth of a second every now and then, in the middle of somebody's answer.
    """
    territories = Territories(_read())
    gc.collect()
    gc.freeze()
    return territories
