"""Which bodies to show for a need, in which order.

Deterministic; the database finds and orders, `arrange` varies. In order: bodies that name the country, bodies
that fit the firm (activity, headcount, profession), the nearest branch of a network before its neighbours,
natural first stops for the need, coverage (commune, EPCI, département, région, all of France), bodies of the
firm's sector, the chamber of its trade, bodies that speak the country's language, nearness, variety of kinds,
how well the record was read, freshness, id.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.languages import get_official_languages
from sqlalchemy import and_, bindparam, case, func, literal, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from knowledge import naf
from knowledge.codes import ABROAD, BodyLevel, Need, Trade
from knowledge.coverage import Reach, zone_of
from knowledge.facts import Firm
from knowledge.models import AdvisorPosting
from knowledge.postings import GENERAL, PART

SHOWN_TOGETHER = 3  # a caller shows three at a time
# Nobody reads further; the order within is exact, and the cost of a look-up has a bound.
MOST = 120
SLOTS = 7  # zones that hold a commune, from the Union down, and the parts of a larger place
_LANGUAGES = 3
_NATIONAL = list(BodyLevel).index(BodyLevel.NATIONAL)
_NEIGHBOUR_AT = 2  # where « neighbour » stands among the parts of the order


@dataclass(frozen=True)
class Question:
    """A need, where, and for whom; `union` is the Member States of the European Union."""

    need: Need | None
    reach: Reach
    firm: Firm = Firm()
    trade: Trade | None = None
    union: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """A body that answers: its key and what its place depends on; `before` and `after` compare as they stand."""

    key: int
    id: str
    family: str
    network: str | None
    head: bool
    national: bool
    before: tuple[int, ...]
    after: tuple


def zones_of(reach: Reach) -> list[str]:
    """Return the zones to look in: those that hold the place, and the place's own parts where it is larger
    than a commune.
    """
    place = reach.place
    parts = [f"{zone_of(place.level, place.code)}{PART}"] if place and place.level != "commune" else []
    return sorted(reach.zones) + parts


def find(connection: Connection, question: Question) -> list[Candidate]:
    """Return the bodies that answer the question, best first, at most `MOST`."""
    rows = connection.execute(_STATEMENT, _parameters(question))
    found: dict[int, Candidate] = {}
    for row in rows:
        found.setdefault(row[0], _candidate(row))
    return arrange(list(found.values()))


def _candidate(row: Sequence) -> Candidate:
    key, slug, family, network, head, coverage = row[:6]
    before, after = tuple(row[6 : 6 + len(_BEFORE)]), tuple(row[6 + len(_BEFORE) :])
    return Candidate(key, slug, family, network, bool(head), coverage == _NATIONAL, before, (*after, slug))


def _parameters(question: Question) -> dict[str, Any]:
    firm = question.firm
    abroad = question.need in ABROAD and firm.country is not None
    return {
        "need": question.need.value if question.need else GENERAL,
        "country": f"%,{firm.country},%" if abroad else "",
        "union": int(firm.country in question.union),
        "trade": question.trade.value if question.trade else "",
        "sector": naf.place_in_profile(firm.sector),
        "staff": -1 if firm.headcount is None else firm.headcount,
        **place_parameters(question.reach),
        **_languages(firm.country if abroad else None),
    }


def place_parameters(reach: Reach) -> dict[str, str]:
    """Return the zones to look in, slot by slot, and where the place itself is."""
    zones = zones_of(reach)
    slots = {f"zone{slot}": zones[slot] if slot < len(zones) else "" for slot in range(SLOTS)}
    kinds = {zone.partition("-")[0]: zone for zone in reach.zones}
    nearness = {"commune": "COM", "epci": "EPCI", "departement": "DEP"}
    return slots | {name: kinds.get(kind, "") for name, kind in nearness.items()}


def _languages(country: str | None) -> dict[str, str]:
    spoken = get_official_languages(country)[:_LANGUAGES] if country else ()
    foreign = [f"%,{language},%" for language in spoken if language != "fr"]
    return {f"language{slot}": foreign[slot] if slot < len(foreign) else "-" for slot in range(_LANGUAGES)}


def in_place(posting) -> ColumnElement:
    """Return the condition that a posting is for one of the zones, and that none of its exclusions is."""
    zones = [bindparam(f"zone{slot}") for slot in range(SLOTS)]
    outside = [
        or_(zone == "", posting.excluded.not_like(literal("% ").concat(zone).concat(" %"))) for zone in zones
    ]
    return and_(posting.zone.in_(zones), or_(posting.excluded.is_(None), and_(*outside)))


def _flag(condition: ColumnElement) -> ColumnElement:
    return case((condition, 1), else_=0)


def _statement() -> tuple[Select, list[str]]:
    """Return the look-up, and the names of the parts of the order that come before variety."""
    row = AdvisorPosting
    country, sector, staff = bindparam("country"), bindparam("sector"), bindparam("staff")
    trade = bindparam("trade")
    served = func.substr(row.audience, sector, 1)
    named = case(
        (or_(country == "", row.countries.is_(None)), 2),
        (row.countries.like(country), 0),
        (or_(row.countries.like("%,*,%"), and_(bindparam("union") == 1, row.countries.like("%,EU,%"))), 1),
    )
    misfit = or_(
        and_(trade == Trade.LIBERAL.value, row.trade == Trade.CRAFT.value),
        and_(sector > 0, served == "f"),
        and_(staff >= 0, or_(row.staff_min > staff, row.staff_max < staff)),
    )
    speaks = or_(*(row.languages.like(bindparam(f"language{slot}")) for slot in range(_LANGUAGES)))
    # A body of some trades is a first stop once the trade is known.
    postponed = or_(row.later == 1, and_(row.audience.is_not(None), sector == 0))
    distance = case(
        (row.seat_departement.is_(None), 2),
        (row.seat_commune == bindparam("commune"), 0),
        (row.seat_epci == bindparam("epci"), 1),
        (row.seat_departement == bindparam("departement"), 2),
        else_=3,
    )
    before = {
        "foreign": _flag(named != 0),
        "unfit": row.last + _flag(misfit),
        "postponed": _flag(postponed),
        "coverage_": row.coverage,
        "general": _flag(or_(sector == 0, served.is_(None), served != "t")),
        "other_trade": _flag(and_(trade != "", row.trade.is_not(None), row.trade != trade)),
        "silent": 1 - _flag(speaks),
        "distance": distance,
        "smaller": -row.population,
    }
    after = {"named": named, "trust": row.trust, "older": -row.seen}
    facts = select(
        row.key,
        row.id,
        row.family,
        row.network,
        row.head,
        row.coverage,
        *(part.label(name) for name, part in {**before, **after}.items()),
    ).where(row.need == bindparam("need"), in_place(row))
    return _ordered(facts, list(before), list(after)), list(before)


def _ordered(facts: Select, before: list[str], after: list[str]) -> Select:
    """Return the best candidates: within equals, the first of each kind before the second of any."""
    found = facts.subquery()
    first = [found.c[name] for name in before]
    then = [*(found.c[name] for name in after), found.c.id]
    turn = func.row_number().over(partition_by=[*first, found.c.family], order_by=then)
    numbered = select(*found.c, turn.label("turn")).where(found.c.named.is_not(None)).subquery()
    columns = [column for column in numbered.c if column.name != "turn"]
    order = [*(numbered.c[name] for name in before), numbered.c.turn, *(numbered.c[name] for name in after)]
    return select(*columns).order_by(*order, numbered.c.id).limit(MOST)


_STATEMENT, _BEFORE = _statement()


def arrange(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Order one by one: a kind already chosen comes later among equals, and never three times running where
    avoidable.
    """
    neighbours = _neighbours(sorted(candidates, key=lambda found: (found.before, found.after)))
    queues = _queues(candidates, neighbours)
    chosen: list[Candidate] = []
    used: Counter[str] = Counter()
    while queues:
        best = _next(queues, chosen, used)
        chosen.append(queues[best].popleft()[2])
        used[best] += 1
        if not queues[best]:
            del queues[best]
    return chosen


Queues = dict[str, deque]


def _queues(candidates: Sequence[Candidate], neighbours: set[int]) -> Queues:
    """Return the candidates of each family in their own order: (before, after, candidate)."""
    queues: Mapping[str, list] = defaultdict(list)
    for found in candidates:
        at, neighbour = _NEIGHBOUR_AT, int(found.key in neighbours)
        queues[found.family].append(((*found.before[:at], neighbour, *found.before[at:]), found.after, found))
    return {family: deque(sorted(queue, key=lambda item: item[:2])) for family, queue in queues.items()}


def _next(queues: Queues, chosen: list[Candidate], used: Counter[str]) -> str:
    last = {found.family for found in chosen[1 - SHOWN_TOGETHER :]}
    repeats = len(chosen) >= SHOWN_TOGETHER - 1 and len(last) == 1
    others = [family for family in queues if not repeats or family not in last] or list(queues)
    return min(others, key=lambda family: (queues[family][0][0], used[family], queues[family][0][1]))


def _neighbours(ordered: list[Candidate]) -> set[int]:
    """Return the keys of further branches of a network already met, and of heads whose branches are there."""
    seen, neighbours = set(), set()
    for found in ordered:
        if found.network in seen and found.network is not None:
            neighbours.add(found.key)
        seen.add(found.network)
    branches = {found.family for found in ordered if not found.national}
    heads = {found.key for found in ordered if found.head and found.family in branches}
    return neighbours | heads
