"""Which bodies to show for a need, in which order.

Deterministic; the database finds and orders, `Arrangement` varies. In order: bodies that name the country, bodies
that fit the firm (activity, headcount, profession), the nearest branch of a network before its neighbours,
natural first stops for the need, coverage (commune, EPCI, département, région, all of France), bodies of the
firm's sector, the chamber of its trade, bodies that speak the country's language, nearness, variety of kinds,
how well the record was read, freshness, id.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from babel.languages import get_official_languages
from sqlalchemy import Integer, String, and_, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.engine import Connection
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement, FromClause, Select
from sqlalchemy.sql.elements import BindParameter

from knowledge import naf
from knowledge.codes import ABROAD, BodyLevel, Need, Trade
from knowledge.coverage import Reach, zone_of
from knowledge.facts import Firm
from knowledge.models import AdvisorPosting
from knowledge.postings import GENERAL, LAST_STANDING, PART
from knowledge.prepared import Statement

SHOWN_TOGETHER = 3  # a caller shows three at a time
# Nobody reads further; the order within is exact, and the cost of a look-up has a bound.
MOST = 60
SLOTS = 7  # zones that hold a commune, from the Union down, and the parts of a larger place
_LANGUAGES = 3
_NATIONAL = list(BodyLevel).index(BodyLevel.NATIONAL)
_ZONES = [bindparam(f"zone{slot}", type_=String) for slot in range(SLOTS)]
_NEIGHBOUR_AT = 2  # where « neighbour » stands among the parts of the order


@dataclass(frozen=True)
class Question:
    """A need, where, and for whom; `union` is the Member States of the European Union."""

    need: Need | None
    reach: Reach
    firm: Firm = Firm()
    trade: Trade | None = None
    union: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """A body that answers: its key and what its place depends on; `before` and `after` compare as they stand.

    The third part of `before` is 1 for a neighbour: a further branch of a network already met, or a head of one
    whose branches are there.
    """

    key: int
    id: str
    family: str
    before: tuple[int, ...]
    after: tuple


def zones_of(reach: Reach) -> list[str]:
    """Return the zones to look in: those that hold the place, and the place's own parts where it is larger
    than a commune.
    """
    place = reach.place
    parts = [f"{zone_of(place.level, place.code)}{PART}"] if place and place.level != "commune" else []
    return sorted(reach.zones) + parts


def find(connection: Connection, question: Question) -> "Arrangement":
    """Return the bodies that answer the question, best first, at most `MOST`."""
    return Arrangement(_candidates(_STATEMENT.all(connection, _parameters(question))))


def _candidates(rows: Sequence[Sequence]) -> list[Candidate]:
    """Return one candidate a body, in the order of the rows; the first row of a body is its best."""
    branches = {row[2] for row in rows if row[5] != _NATIONAL}
    found, networks = {}, set()
    for row in rows:
        key, slug, family, network, head = row[:5]
        if key in found:
            continue
        neighbour = (head and family in branches) or (network is not None and network in networks)
        networks.add(network)
        before = (row[6], row[7], int(neighbour), *row[8:_AFTER_AT])
        found[key] = Candidate(key, slug, family, before, (*row[_AFTER_AT:], slug))
    return list(found.values())


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
    return and_(posting.zone.in_(_ZONES), _outside(posting))


def _outside(posting) -> ColumnElement:
    parts = [
        or_(zone == "", posting.excluded.not_like(literal("% ").concat(zone).concat(" %"))) for zone in _ZONES
    ]
    return or_(posting.excluded.is_(None), and_(*parts))


def _read() -> tuple[FromClause, ColumnElement]:
    """Return the postings to put in order, zone by zone: all whose place depends on who asks, and the first `MOST`
    of the others (and their equals), which stand in order already. A large city has thousands.
    """
    row, other = AdvisorPosting.__table__, aliased(AdvisorPosting)
    need = bindparam("need", type_=String)
    zones = union_all(*(select(zone.label("zone")) for zone in _ZONES)).subquery()
    last = (
        select(other.standing)
        .where(other.need == need, other.zone == zones.c.zone, other.standing > 0)
        .order_by(other.standing)
        .offset(MOST - 1)
        .limit(1)
        .scalar_subquery()
        .correlate(zones)
    )
    first = row.c.standing <= func.coalesce(last, LAST_STANDING)
    return zones.join(row, row.c.zone == zones.c.zone), and_(row.c.need == need, first, _outside(row.c))


def _number(name: str) -> BindParameter:
    return bindparam(name, type_=Integer)


def _flag(condition: ColumnElement) -> ColumnElement:
    return case((condition, 1), else_=0)


def _statement() -> tuple[Select, list[str], list[str]]:
    """Return the look-up, and the names of the parts of the order: before variety, and after it."""
    row = AdvisorPosting
    place, read = _read()
    country, sector, staff = bindparam("country", type_=String), _number("sector"), _number("staff")
    trade = bindparam("trade", type_=String)
    served = func.substr(row.audience, sector, 1)
    named = case(
        (or_(country == "", row.countries.is_(None)), 2),
        (row.countries.like(country), 0),
        (or_(row.countries.like("%,*,%"), and_(_number("union") == 1, row.countries.like("%,EU,%"))), 1),
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
    facts = (
        select(
            row.key,
            row.id,
            row.family,
            row.network,
            row.head,
            row.coverage,
            *(part.label(name) for name, part in {**before, **after}.items()),
        )
        .select_from(place)
        .where(read)
    )
    found = facts.subquery()
    order = [found.c[name] for name in (*before, *after, "id")]
    statement = select(*found.c).where(found.c.named.is_not(None)).order_by(*order).limit(MOST)
    return statement, list(before), list(after)


_SELECT, _BEFORE, _AFTER = _statement()
_STATEMENT = Statement("contacts", _SELECT)


_AFTER_AT = 6 + len(_BEFORE)  # where the parts of the order that come after variety begin in a row


def parts_of_order() -> tuple[list[str], list[str]]:
    """Return the names of the parts of the order, as they stand in `before` and in `after`."""
    return [*_BEFORE[:_NEIGHBOUR_AT], "neighbour", *_BEFORE[_NEIGHBOUR_AT:]], [*_AFTER, "id"]


class Arrangement:
    """Candidates put in order one by one, as far as somebody looks.

    A kind already chosen comes later among equals, and never three times running where avoidable.
    """

    def __init__(self, candidates: Sequence[Candidate]):
        self._total = len(candidates)
        self._chosen: list[Candidate] = []
        self._used: Counter[str] = Counter()
        queues = defaultdict(list)
        for found in candidates:
            queues[found.family].append(found)
        self._queues = {family: deque(sorted(queue, key=_own_order)) for family, queue in queues.items()}

    def __len__(self) -> int:
        return self._total

    def first(self, count: int | None = None) -> list[Candidate]:
        """Return the best `count` candidates, all without one."""
        wanted = self._total if count is None else min(count, self._total)
        while len(self._chosen) < wanted:
            family = self._next()
            self._chosen.append(self._queues[family].popleft())
            self._used[family] += 1
            if not self._queues[family]:
                del self._queues[family]
        return self._chosen[:wanted]

    def _next(self) -> str:
        last = {found.family for found in self._chosen[1 - SHOWN_TOGETHER :]}
        repeats = len(self._chosen) >= SHOWN_TOGETHER - 1 and len(last) == 1
        others = [family for family in self._queues if not repeats or family not in last]
        return min(others or self._queues, key=self._order)

    def _order(self, family: str) -> tuple:
        head = self._queues[family][0]
        return head.before, self._used[family], head.after


def _own_order(found: Candidate) -> tuple:
    return found.before, found.after
