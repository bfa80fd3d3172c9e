"""Which bodies to show for a need, in which order.

Pure and deterministic. In order: bodies that name the country, bodies that fit the firm, the nearest branch
of a network before its neighbours, natural first stops for the need, coverage (département, région,
all of France), bodies of the firm's sector, the chamber of its trade, nearness, variety of kinds, how well
the record was read, freshness, id.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge import naf
from knowledge.codes import ABROAD, BRANCH_KINDS, FAMILY, BodyLevel, Confidence, Need, Shown, Trade
from knowledge.coverage import Reach, Seat, zone_of
from knowledge.facts import Firm
from knowledge.schema import Advisor

SHOWN_TOGETHER = 3  # a caller shows three at a time
WORLD, UNION = "*", "EU"
# Read somewhere with a date counts the same wherever it was read; read nowhere comes last.
_CONFIDENCE = {
    Confidence.OFFICIAL: 0,
    Confidence.SECONDARY: 1,
    Confidence.DIRECTORY_2019: 1,
    Confidence.MEMORY: 2,
}
_COVERAGE = {level: rank for rank, level in enumerate(BodyLevel)}  # nearest first


@dataclass(frozen=True)
class Question:
    """A need, where, and for whom; `union` is the Member States of the European Union."""

    need: Need | None
    reach: Reach
    firm: Firm = Firm()
    trade: Trade | None = None
    union: frozenset[str] = frozenset()


def rank(advisors: Iterable[Advisor], question: Question, seats: Mapping[str, Seat]) -> list[Advisor]:
    """Return the bodies that answer the question, best first; `seats` says where the zones named as `seat`
    are.
    """
    found = [advisor for advisor in advisors if answers(advisor, question)]
    keys = {advisor.id: _key(advisor, question, seats.get(advisor.seat or "")) for advisor in found}
    neighbours = _neighbours(sorted(found, key=lambda advisor: keys[advisor.id]))
    return _varied(found, {key: _Key(*value, key in neighbours) for key, value in keys.items()})


def answers(advisor: Advisor, question: Question) -> bool:
    """Say whether a body names the need, reaches the place and deals with the country."""
    if advisor.shown is Shown.NEVER or not _covers(advisor, question.reach):
        return False
    if question.need is None:
        return advisor.general
    return question.need in advisor.needs and _country(advisor, question) is not None


def _covers(advisor: Advisor, reach: Reach) -> bool:
    if advisor.level is BodyLevel.NATIONAL:
        return True
    return zone_of(advisor.level.value, advisor.territory) in reach.zones


def _country(advisor: Advisor, question: Question) -> int | None:
    """Return 0 for a body that names the country, 1 for a network that includes it, 2 for any other, None
    for elsewhere.
    """
    country = question.firm.country
    if country is None or question.need not in ABROAD or not advisor.countries:
        return 2
    if country in advisor.countries:
        return 0
    includes = WORLD in advisor.countries or (UNION in advisor.countries and country in question.union)
    return 1 if includes else None


@dataclass(frozen=True)
class _Key:
    """Both halves of the order, variety between them; `neighbour`: a further branch, or a head with one."""

    before: tuple
    after: tuple
    neighbour: bool = False

    def order(self, used: int) -> tuple:
        return (*self.before[:2], self.neighbour, *self.before[2:], used, *self.after)


def _key(advisor: Advisor, question: Question, seat: Seat | None) -> tuple[tuple, tuple]:
    country = _country(advisor, question)
    before = (
        country != 0,
        (advisor.shown is Shown.LAST) + _misfit(advisor, question),
        not _first_stop(advisor, question),
        _COVERAGE[advisor.level],
        not _specialist(advisor, question.firm),
        question.trade is not None and advisor.trade is not None and advisor.trade is not question.trade,
        _distance(seat, question.reach),
        -(seat.population if seat else 0),
    )
    freshness = -int((advisor.seen or "0").replace("-", "").ljust(8, "0"))
    after = (country, _CONFIDENCE[advisor.confidence], freshness, advisor.id)
    return before, after


def _misfit(advisor: Advisor, question: Question) -> bool:
    """Say whether the body is for firms of another activity or size; craftsmen's bodies for a profession too."""
    firm = question.firm
    if question.trade is Trade.LIBERAL and advisor.trade is Trade.CRAFT:
        return True
    sector = (
        firm.sector is not None
        and advisor.audience_naf
        and naf.covers(advisor.audience_naf, firm.sector) is False
    )
    return bool(sector) or outside(firm.headcount, advisor.headcount_min, advisor.headcount_max)


def _specialist(advisor: Advisor, firm: Firm) -> bool:
    return firm.sector is not None and naf.covers(advisor.audience_naf, firm.sector) is True


def outside(value: int | None, low: float | None, high: float | None) -> bool:
    """Say whether a known value is below `low` or above `high`."""
    return value is not None and ((low is not None and value < low) or (high is not None and value > high))


def _first_stop(advisor: Advisor, question: Question) -> bool:
    """Say whether the body is a natural first stop: a body of some trades is, once the trade is known to be
    one of them.
    """
    if question.need is not None and question.need not in advisor.first_for:
        return False
    return not advisor.audience_naf or question.firm.sector is not None


def _distance(seat: Seat | None, reach: Reach) -> int:
    """Return 0 where the office is in the same commune, 1 in the same EPCI, 2 in the same département or
    not known, else 3.
    """
    if seat is None:
        return 2
    kinds = {zone.partition("-")[0] for zone in seat.zones & reach.zones}
    return next((distance for distance, kind in enumerate(("COM", "EPCI", "DEP")) if kind in kinds), 3)


def _neighbours(ordered: list[Advisor]) -> set[str]:
    seen, neighbours = set(), set()
    for advisor in ordered:
        network = (advisor.kind, advisor.level, advisor.territory)
        if advisor.kind in BRANCH_KINDS and network in seen:
            neighbours.add(advisor.id)
        seen.add(network)
    branches = {_family(advisor) for advisor in ordered if advisor.level is not BodyLevel.NATIONAL}
    heads = {advisor.id for advisor in ordered if advisor.network_head and _family(advisor) in branches}
    return neighbours | heads


def _varied(advisors: list[Advisor], keys: dict[str, _Key]) -> list[Advisor]:
    """Order one by one: a kind already chosen comes later among equals, and never three times running where
    avoidable.
    """
    chosen, left, used = [], list(advisors), Counter()
    while left:
        last = {_family(advisor) for advisor in chosen[1 - SHOWN_TOGETHER :]}
        repeats = len(chosen) >= SHOWN_TOGETHER - 1 and len(last) == 1
        others = [advisor for advisor in left if not repeats or _family(advisor) not in last]
        best = min(others or left, key=lambda advisor: keys[advisor.id].order(used[_family(advisor)]))
        chosen.append(best)
        left = [
            advisor for advisor in left if advisor is not best
        ]  # `remove` would compare records field by field
        used[_family(best)] += 1
    return chosen


def _family(advisor: Advisor) -> str:
    return FAMILY.get(advisor.kind, advisor.kind).value
