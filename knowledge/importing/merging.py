"""One served record made from what every source says of the same body or scheme; pure.

In order: what was changed in the console and our own records that were read on an official page, the later first;
open data of the State of the last 24 months; our other records; the rest. A record that was changed in the console
stands whole while it comes first: what was taken out of it stays out. Else, fields that tell how to reach a body, or
whether a scheme is open, come from the first that knows them; what we judge ourselves (needs, services, first stops)
comes from our own record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from knowledge.codes import Confidence, SchemeStatus
from knowledge.dates import last_day, sortable
from knowledge.importing.sources import CONTENT, EDITED, OURS
from knowledge.schema import Advisor, Scheme

CURRENT_MONTHS = 24  # how long a State file is believed more than what we read on a page we do not vouch for
CONTACT = ("phone", "email", "url", "hours")
IDENTIFIERS = ("siret", "directory_id")
OPENING = ("date_ouverture", "date_cloture", "status", "status_as_of")
TRUST = ("confidence", "source_url", "seen", "provenance")
_SUREST_FIRST = list(Confidence)


@dataclass(frozen=True)
class Given:
    """What one source gives of a body or a scheme; `precedence` is that of its source."""

    source: str
    precedence: str
    source_id: str
    record: Advisor | Scheme


@dataclass(frozen=True)
class Traced:
    """The source that gave a field, and those that said something else."""

    field: str
    source: str
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """The record to serve, and where its fields come from where sources differ."""

    record: Advisor | Scheme
    trace: tuple[Traced, ...]


def merge(given: Iterable[Given], slug: str, today: date) -> Merged:
    """Return the record to serve under `slug`; `given` holds at least one, all of one kind."""
    given = list(given)
    if len(given) == 1 and given[0].record.id == slug:
        return Merged(given[0].record, ())
    ranked = sorted(given, key=lambda each: _rank(each, today))
    base = next((each for each in ranked if each.source in OURS), ranked[0])
    winners = {} if base.source == EDITED else _winners(ranked, base)
    fields = {name: getattr(base.record, name) for name in base.record.__fields__}
    fields |= {name: getattr(each.record, name) if each else None for name, each in winners.items()}
    record = type(base.record)(**_plain({**fields, "id": slug}))
    return Merged(record, tuple(_traces(record, ranked, base, winners)))


def rank_of(given: Given, today: date) -> int:
    """Return how far a record is believed: 0 most, 3 least."""
    confidence, official = given.record.confidence, given.precedence == "official"
    if given.source == EDITED:
        return 0
    if given.source == CONTENT:
        return 0 if confidence is Confidence.OFFICIAL else 2
    current = confidence is Confidence.OFFICIAL and official and _is_current(given.record, today)
    return 1 if current else 3


def _rank(given: Given, today: date) -> tuple:
    edited_first = given.source != EDITED
    return rank_of(given, today), -sortable(_day(given.record)), edited_first, given.source, given.source_id


def _day(record: Advisor | Scheme) -> str | None:
    updated = record.date_mise_a_jour if isinstance(record, Scheme) else None
    return record.seen or updated or (record.provenance.file_date if record.provenance else None)


def _is_current(record: Advisor | Scheme, today: date) -> bool:
    if not (day := _day(record)):
        return False
    read = last_day(day)
    month = today.year * 12 + today.month - CURRENT_MONTHS
    return (read.year * 12 + read.month, read.day) >= (month, today.day)


Winners = dict[str, Given | None]


def _winners(ranked: Sequence[Given], base: Given) -> Winners:
    return (_scheme_fields if isinstance(base.record, Scheme) else _advisor_fields)(ranked, base)


def _advisor_fields(ranked: Sequence[Given], base: Given) -> Winners:
    """Return who gives each field that the base does not.

    The mark of trust is that of the record whose number or mailbox is shown. What is less sure than that mark
    is left out, or it would be shown as if it were as sure.
    """
    lead = next((each for each in ranked if each.record.phone or each.record.email), ranked[0])
    sure = [each for each in ranked if _sureness(each) <= _sureness(lead)]
    winners: Winners = {name: _first(sure, name) for name in CONTACT}
    winners |= {name: _first(ranked, name) or base for name in IDENTIFIERS}
    winners |= dict.fromkeys(TRUST, lead)
    return winners | _area(ranked, base)


def _area(ranked: Sequence[Given], base: Given) -> Winners:
    same_ground = [
        each
        for each in ranked
        if (each.record.level, each.record.territory) == (base.record.level, base.record.territory)
    ]
    seat = next((each for each in (base, *same_ground) if each.record.seat), base)
    area = next((each for each in (base, *same_ground) if each.record.area), base)
    return {"area": area, "area_exclusions": area, "seat": seat}


def _scheme_fields(ranked: Sequence[Given], base: Given) -> Winners:
    """Return who says whether the scheme is open; the mark of trust stays that of the record that describes
    it, but the origin of imported data is kept, because its licence asks for it.
    """
    lead = next((each for each in ranked if each.record.status is not SchemeStatus.UNKNOWN), base)
    origin = lead if lead.record.provenance else base
    link = _first(ranked, "url_source") or base
    return {**dict.fromkeys(OPENING, lead), "provenance": origin, "url_source": link}


def _sureness(given: Given) -> int:
    return _SUREST_FIRST.index(given.record.confidence)


def _first(ranked: Iterable[Given], name: str) -> Given | None:
    return next((each for each in ranked if getattr(each.record, name)), None)


def _traces(record: BaseModel, ranked: Sequence[Given], base: Given, winners: Winners) -> Iterable[Traced]:
    if len(ranked) == 1:
        return
    for name in record.__fields__:
        winner = winners.get(name, base)
        if name == "id" or winner is None:
            continue
        value = getattr(record, name)
        others = [each for each in ranked if each is not winner]
        lost = [each.source for each in others if getattr(each.record, name) not in (value, None, [])]
        if lost:
            yield Traced(name, winner.source, tuple(dict.fromkeys(lost)))


def _plain(fields: dict) -> dict:
    return {name: value.dict() if isinstance(value, BaseModel) else value for name, value in fields.items()}
