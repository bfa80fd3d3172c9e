"""What a record answers, where, and all that its place in an answer depends on: the rows a look-up reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge import naf
from knowledge.codes import (
    ABROAD,
    BRANCH_KINDS,
    DIGITAL,
    FAMILY,
    GRANT_LIKE,
    LOAN_LIKE,
    BodyLevel,
    Confidence,
    Need,
    SchemeLevel,
    Shown,
)
from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, UNION, Seat, reach_of, seat_at, split_zone, zone_of
from knowledge.dates import last_day, sortable
from knowledge.eligibility import prepare
from knowledge.funding import ABROAD_KEPT, last_known
from knowledge.schema import Advisor, Scheme
from knowledge.territories import Territories

GENERAL = "general"
PART = "/part"
# Read somewhere with a date counts the same wherever it was read; read nowhere comes last.
TRUST = {
    Confidence.OFFICIAL: 0,
    Confidence.SECONDARY: 1,
    Confidence.DIRECTORY_2019: 1,
    Confidence.MEMORY: 2,
}
_LEVELS, _PAYERS = list(BodyLevel), list(SchemeLevel)
_NATIONWIDE = (COUNTRY, UNION)
LAST_STANDING = 2**62
_DAYS = 100_000_000  # more than any day written YYYYMMDD
Labels = Mapping[str, list[str]]
Row = dict[str, Any]


def of_advisor(advisor: Advisor, key: int, territories: Territories) -> Iterator[Row]:
    """Yield the postings of a body; none for one that is not shown, or that nobody can reach."""
    if advisor.shown is Shown.NEVER or not (advisor.phone or advisor.email or advisor.url):
        return
    common = _advisor_facts(advisor, key, territories)
    later = {need.value: int(need not in advisor.first_for) for need in advisor.needs}
    for zone in _advisor_zones(advisor):
        for need, after in (later | ({GENERAL: 0} if advisor.general else {})).items():
            row = common | {"need": need, "zone": zone, "later": after}
            yield row | {"standing": 0 if depends_on_asker(row) else standing(row)}


def depends_on_asker(row: Row) -> bool:
    """Say whether the place of a posting in `matching`'s order changes with the firm or the exact place."""
    facts = ("excluded", "audience", "trade", "staff_min", "staff_max", "seat_departement")
    abroad = row["need"] in ABROAD and (row["countries"] or row["languages"])
    return bool(abroad) or any(row[name] is not None for name in facts)


def standing(row: Row) -> int:
    """Return the place of any other posting in its zone, 1 first: the parts of `matching`'s order that are left."""
    place = ((row["last"] * 2 + row["later"]) * len(_LEVELS) + row["coverage"]) * len(TRUST) + row["trust"]
    return place * _DAYS + _DAYS - row["seen"]


def of_scheme(scheme: Scheme, key: int, labels: Labels, territories: Territories) -> Iterator[Row]:
    """Yield the postings of a scheme; `labels` gives the NAF codes of the activities named in words."""
    common = _scheme_facts(scheme, key, labels)
    for zone in _with_parts(scheme.eligibilite_geographique, territories):
        for need in paid_needs(scheme):
            yield common | {"zone": zone} | _for_need(scheme, need)


def paid_needs(scheme: Scheme) -> list[Need]:
    """Return the needs a scheme can pay for: money in general by its kinds, any other where it is named.

    What is for trade abroad first does not pay for a need at home, except trade marks, protected at home too.
    """
    kinds = {Need.GRANTS: GRANT_LIKE, Need.LOANS: LOAN_LIKE}
    money = [need for need, given in kinds.items() if not given.isdisjoint(scheme.types_aides)]
    named = [need for need in scheme.needs if need not in kinds and not _for_abroad_only(scheme, need)]
    return named + money


def _for_abroad_only(scheme: Scheme, need: Need) -> bool:
    return need not in ABROAD and scheme.needs[0] in ABROAD - ABROAD_KEPT


def _advisor_zones(advisor: Advisor) -> list[str]:
    """Return the zones of the area; of a territory that the body serves in part, that it does so."""
    territory = _territory(advisor)
    if not advisor.area or territory in advisor.area:
        return list(dict.fromkeys([*advisor.area, territory]))
    return [*dict.fromkeys(advisor.area), f"{territory}{PART}"]


def _territory(advisor: Advisor) -> str:
    if advisor.level is BodyLevel.NATIONAL:
        return COUNTRY
    return zone_of(advisor.level.value, advisor.territory)


def _with_parts(zones: list[str], territories: Territories) -> list[str]:
    """Return the zones, and each larger one that holds a part of them, marked as such."""
    held: dict[str, None] = dict.fromkeys(zones)
    for zone in zones:
        if zone not in _NATIONWIDE:
            around = _around(*split_zone(zone), territories)
            held.update(
                dict.fromkeys(f"{each}{PART}" for each in sorted(around - {zone, *_NATIONWIDE, *zones}))
            )
    return list(held)


def _around(kind: str, code: str, territories: Territories) -> frozenset[str]:
    """Return the zones that hold a place; of an EPCI over several départements, those of each."""
    place = territories.get(LEVEL_OF_ZONE[kind], code)
    others = territories.departements_of(place) if place.level == "epci" else []
    return frozenset().union(*(reach_of(each, territories).zones for each in [place, *others]))


def _advisor_facts(advisor: Advisor, key: int, territories: Territories) -> Row:
    seat = seat_at(advisor.seat, territories) if advisor.seat else None
    branch = advisor.kind in BRANCH_KINDS
    return {
        "key": key,
        "id": advisor.id,
        "excluded": _spaced(advisor.area_exclusions),
        "last": int(advisor.shown is Shown.LAST),
        "coverage": _LEVELS.index(advisor.level),
        "family": FAMILY.get(advisor.kind, advisor.kind).value,
        "network": f"{advisor.kind}|{advisor.level}|{advisor.territory}" if branch else None,
        "head": int(advisor.network_head),
        "trade": advisor.trade and advisor.trade.value,
        "audience": _audience(advisor),
        "staff_min": advisor.headcount_min,
        "staff_max": advisor.headcount_max,
        "countries": _listed(advisor.countries),
        "languages": _listed(advisor.languages),
        "population": seat.population if seat else 0,
        "trust": TRUST[advisor.confidence],
        "seen": sortable(advisor.seen),
    } | _seat(seat)


def _seat(seat: Seat | None) -> Row:
    zones = {zone.partition("-")[0]: zone for zone in seat.zones} if seat else {}
    return {
        "seat_commune": zones.get("COM"),
        "seat_epci": zones.get("EPCI"),
        "seat_departement": zones.get("DEP"),
    }


def _audience(advisor: Advisor) -> str | None:
    """Return the profile of the activities served: `t` served, `f` not, `p` in part."""
    if not advisor.audience_naf:
        return None
    letters = {True: "t", False: "f", None: "p"}
    return naf.profile(lambda sector: letters[naf.covers(advisor.audience_naf, sector)])


def _scheme_facts(scheme: Scheme, key: int, labels: Labels) -> Row:
    known = last_known(scheme)
    return {
        "key": key,
        "id": scheme.id,
        "variant_of": scheme.variant_of,
        "excluded": _spaced(scheme.eligibilite_geographique_exclusions),
        "status": scheme.status.value,
        "closing": _number(scheme.date_cloture),
        "staff_min": scheme.eligibilite_effectif_minimal,
        "staff_max": scheme.eligibilite_effectif_maximal,
        "floor": scheme.amounts.expense_min,
        "ruled_out": _ruled_out(scheme, labels),
        "undecided": int(not prepare(scheme, labels).decidable),
        "level": _PAYERS.index(scheme.level),
        "trust": int(scheme.confidence is not Confidence.OFFICIAL),
        "known": sortable(known),
        "known_day": _number(known),
    }


def _for_need(scheme: Scheme, need: Need) -> Row:
    money = need in (Need.GRANTS, Need.LOANS)
    abroad = need not in ABROAD and scheme.needs[0] in ABROAD
    one_subject = money and need not in scheme.needs and DIGITAL.isdisjoint(scheme.needs)
    return {
        "need": need.value,
        "aside": int(scheme.narrow or scheme.rural or abroad),
        "one_subject": int(one_subject),
        "breadth": len(scheme.needs) if money else 0,
    }


def _ruled_out(scheme: Scheme, labels: Labels) -> str | None:
    """Return the profile of the activities that cannot get the scheme; None where none is named."""
    named, refused = scheme.ciblage_secteur_activite, scheme.sector_exclusions
    admitted = _codes(scheme.ciblage_naf, named, labels)
    excluded = _codes(scheme.ciblage_naf_exclusions, refused, labels)
    closed = admitted and all(labels.get(word) for word in named)
    if not closed and not excluded:
        return None

    def out(sector: str) -> str:
        beyond = closed and naf.covers(admitted, sector) is False
        return "x" if beyond or naf.covers(excluded, sector) is True else "-"

    return naf.profile(out)


def _codes(codes: list[str], words: list[str], labels: Labels) -> list[str]:
    return [*codes, *(code for word in words for code in labels.get(word, ()))]


def _number(partial: str | None) -> int | None:
    return int(last_day(partial).strftime("%Y%m%d")) if partial else None


def _spaced(zones: list[str]) -> str | None:
    return f" {' '.join(zones)} " if zones else None


def _listed(codes: list[str]) -> str | None:
    return f",{','.join(codes)}," if codes else None
