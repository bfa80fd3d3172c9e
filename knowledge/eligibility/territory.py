"""The criterion of territory: does the scheme hold where the firm is, as far as the place is known?"""

from collections.abc import Iterable

from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, UNION, Reach, reach_of, split_zone, zone_of
from knowledge.eligibility.findings import BROKEN, MET, OPEN, Finding
from knowledge.schema import Scheme
from knowledge.territories import Place, Territories


def judge_territory(scheme: Scheme, reach: Reach, territories: Territories) -> Finding:
    """Return whether the scheme holds at the place of `reach`.

    Met: it does. Broken: it does not, or the place is excluded. Open: it holds in a part of the place only
    (an EPCI of a known département), or no place is known; `commune` or `place` would decide.
    """
    zones, exclusions = scheme.eligibilite_geographique, scheme.eligibilite_geographique_exclusions
    if not reach.zones.isdisjoint(exclusions):
        return Finding(BROKEN, "territory_excluded", _words(reach.place, territories))
    if not reach.zones.isdisjoint(zones):
        out = _inside(exclusions, reach, territories)
        found = "territory_part_excluded" if out else "territory_fits"
        return Finding(OPEN if out else MET, found, _words(out, territories), "commune" if out else None)
    if reach.place is None:
        return Finding(OPEN, "territory_unknown", {}, "place")
    part = _inside(zones, reach, territories)
    if part is None:
        return Finding(BROKEN, "territory_out", _words(reach.place, territories))
    return Finding(OPEN, "territory_part", _words(part, territories), "commune")


def _inside(zones: Iterable[str], reach: Reach, territories: Territories) -> Place | None:
    """Return the first of `zones` that lies inside the place, where it is larger than them."""
    place = reach.place
    if place is None or place.level == "commune":
        return None
    around = zone_of(place.level, place.code)
    for zone in zones:
        if zone in (COUNTRY, UNION):
            continue
        kind, code = split_zone(zone)
        held = territories.get(LEVEL_OF_ZONE[kind], code)
        if around in reach_of(held, territories).zones:
            return held
    return None


def _words(place: Place | None, territories: Territories) -> dict[str, str]:
    return {"place": territories.in_words(place)} if place else {}
