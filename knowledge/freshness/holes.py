"""Holes with their names: whole regions where every département lacks the same thing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.codes import Need
from knowledge.freshness.coverage import Coverage, Hole
from knowledge.territories import Place, Territories
from knowledge.territories.names import normalise_name


@dataclass(frozen=True)
class Lacking:
    """Where one need lacks the same thing: regions as a whole with their size, then single places.

    `everywhere` is the number of départements where that is all of them, else 0; `all_apart` every inhabited
    collectivity where all lack it.
    """

    need: Need
    hole: Hole
    codes: frozenset[str]
    everywhere: int
    regions: tuple[tuple[Place, int], ...]
    places: tuple[Place, ...]
    all_apart: tuple[Place, ...] = ()


def named_holes(coverage: Coverage, territories: Territories) -> list[Lacking]:
    """Return the holes by need, the worst first."""
    found: dict[tuple[Need, Hole], set[str]] = defaultdict(set)
    for need, code, hole in coverage.holes():
        found[need, hole].add(code)
    order = sorted(found, key=lambda key: (list(Need).index(key[0]), key[1]))
    return [_lacking(need, hole, found[need, hole], coverage.places, territories) for need, hole in order]


def _lacking(
    need: Need, hole: Hole, codes: set[str], places: list[Place], territories: Territories
) -> Lacking:
    departements = {place.code for place in territories.departements}
    everywhere = len(departements) if departements <= codes else 0
    apart = tuple(place for place in places if place.code not in departements)
    all_apart = apart if {place.code for place in apart} <= codes else ()
    regions = [] if everywhere else _whole_regions(codes, territories)
    told = {place.code for place in all_apart} | (departements if everywhere else set())
    told |= {place.code for place in territories.departements if place.region in {r.code for r, _ in regions}}
    single = tuple(place for place in places if place.code in codes - told)
    return Lacking(need, hole, frozenset(codes), everywhere, tuple(regions), single, all_apart)


def _whole_regions(codes: set[str], territories: Territories) -> list[tuple[Place, int]]:
    """Return the regions of several départements that are all in `codes`."""
    members = _members(territories)
    return [
        (region, len(members[region.code]))
        for region in sorted(territories.regions, key=lambda region: normalise_name(region.name))
        if len(members[region.code]) > 1 and members[region.code] <= codes
    ]


def _members(territories: Territories) -> Mapping[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for place in territories.departements:
        members[place.region].add(place.code)
    return members
