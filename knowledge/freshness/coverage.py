"""For each need and département: how many bodies reach it, how many schemes are open, and where the holes are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from knowledge.codes import BodyLevel, Confidence, Need, SchemeStatus, Shown
from knowledge.coverage import COUNTRY, zone_of
from knowledge.freshness.ground import Ground, Reached
from knowledge.funding import status_on
from knowledge.postings import paid_needs
from knowledge.schema import Advisor, Scheme

LOCAL, REGIONAL, NATIONAL = "local", "regional", "national"
_NEARNESS = {BodyLevel.REGION: REGIONAL, BodyLevel.NATIONAL: NATIONAL}


class Hole(IntEnum):
    """What a need lacks in a département, the worst first."""

    NOBODY = 0  # no body at all, verified or not
    ONLY_NATIONAL = 1  # no body nearer than the country
    UNVERIFIED = 2  # bodies of the place or region, none of them verified


@dataclass
class Cell:
    """One need in one département: bodies verified and to check by nearness, open schemes.

    `partly` counts the verified bodies, local or regional, that reach only some of its communes.
    """

    verified: Counter = field(default_factory=Counter)
    to_check: Counter = field(default_factory=Counter)
    partly: int = 0
    schemes: int = 0

    @property
    def near_verified(self) -> int:
        """Return how many verified bodies are nearer than the country."""
        return self.verified[LOCAL] + self.verified[REGIONAL]

    @property
    def near_to_check(self) -> int:
        """Return how many bodies nearer than the country are still to check."""
        return self.to_check[LOCAL] + self.to_check[REGIONAL]

    @property
    def hole(self) -> Hole | None:
        """Return what is missing: no verified body that is local or regional; None where there is one."""
        if self.near_verified:
            return None
        if self.near_to_check:
            return Hole.UNVERIFIED
        return Hole.ONLY_NATIONAL if self.verified.total() + self.to_check.total() else Hole.NOBODY


class Coverage:
    """The cells of every need and département, filled record by record so that a store can be streamed."""

    def __init__(self, ground: Ground):
        self._ground = ground
        self.places = ground.places
        self._apart = {place.code for place in ground.collectivities}
        self._cells = {(need, place.code): Cell() for need in Need for place in self.places}

    def cell(self, need: Need, departement: str) -> Cell:
        """Return the cell of a need in a département (or collectivity) code."""
        return self._cells[need, departement]

    def add_advisor(self, advisor: Advisor) -> None:
        """Count a body that owners may be shown, once for each of its needs and départements."""
        if not contactable(advisor):
            return
        reached = self.reach_of(advisor)
        nearness = _NEARNESS.get(advisor.level, LOCAL)
        verified = advisor.confidence is Confidence.OFFICIAL
        for code in reached.any:
            for need in advisor.needs:
                cell = self._cells[need, code]
                (cell.verified if verified else cell.to_check)[nearness] += 1
                cell.partly += verified and nearness != NATIONAL and code in reached.part

    def add_scheme(self, scheme: Scheme, today: date) -> None:
        """Count a scheme that is open on `today`; in a collectivity only where the scheme names it."""
        if status_on(scheme, today) is not SchemeStatus.OPEN:
            return
        zones, exclusions = scheme.eligibilite_geographique, scheme.eligibilite_geographique_exclusions
        reached = self._ground.reached(zones, exclusions).any
        for code in reached:
            if code in self._apart and not _names(zones, code):
                continue
            for need in paid_needs(scheme):
                self._cells[need, code].schemes += 1

    def reach_of(self, advisor: Advisor) -> Reached:
        """Return where a body works: its area, else its territory, without what it excludes."""
        return self._ground.reached(area_of(advisor), advisor.area_exclusions)

    def holes(self) -> Iterator[tuple[Need, str, Hole]]:
        """Yield every hole as need, département code and what is missing, in the order of needs and codes."""
        for (need, code), cell in self._cells.items():
            if cell.hole is not None:
                yield need, code, cell.hole


def contactable(advisor: Advisor) -> bool:
    """Say whether owners may be shown the body and can reach it."""
    return advisor.shown is not Shown.NEVER and bool(advisor.phone or advisor.email or advisor.url)


def area_of(advisor: Advisor) -> list[str]:
    """Return the zones a body works in."""
    if advisor.area:
        return advisor.area
    if advisor.level is BodyLevel.NATIONAL:
        return [COUNTRY]
    return [zone_of(advisor.level.value, advisor.territory)]


def cover(advisors: Iterable[Advisor], schemes: Iterable[Scheme], ground: Ground, today: date) -> Coverage:
    """Return the coverage that these records make on a day."""
    coverage = Coverage(ground)
    for advisor in advisors:
        coverage.add_advisor(advisor)
    for scheme in schemes:
        coverage.add_scheme(scheme, today)
    return coverage


def _names(zones: Iterable[str], code: str) -> bool:
    """Say whether `zones` name a collectivity, its region, or a commune of it, and not the whole country."""
    return any(zone in (f"DEP-{code}", f"REG-{code}") or zone.startswith(f"COM-{code}") for zone in zones)
