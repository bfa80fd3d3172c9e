"""The State's directory of the administration (DILA): bodies that help firms, with where they work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from knowledge.codes import Confidence
from knowledge.complaints import in_words
from knowledge.coverage import zone_of
from knowledge.importing.competence import Competence, read_competence, zones_of
from knowledge.importing.fields import clip, date_of, email_of, line_of, phone_of, siret_of, slug_for, url_of
from knowledge.importing.formats.dila_shapes import PREFIXES, Service, service_of
from knowledge.importing.mailboxes import excerpt
from knowledge.importing.opening_hours import hours_in_words
from knowledge.importing.records import Context, Imported, Item, SetAside, Skipped
from knowledge.importing.streams import Found, json_records
from knowledge.schema import Advisor
from knowledge.territories import Place, UnknownTerritory, normalise_name
from yaml_files import read_yaml

_UNKNOWN = "line of the companion file whose INSEE code no commune has or had"
NAME = 120  # characters, the limit of `Advisor.name`
_CARRIED = ("needs", "first_for", "general", "trade", "audience", "services", "cost", "shown", "kind")


class Unusable(ValueError):
    """A service cannot become a record; the message is the reason."""


@dataclass(frozen=True)
class _Reading:
    context: Context
    mapping: Mapping[str, Any]
    competence: Competence | None


def read(stream: BinaryIO, context: Context) -> Iterator[Item]:
    """Yield what the directory holds; raises `Unreadable` where the file breaks off."""
    mapping = _mapping(context.mappings)
    reading = _Reading(context, mapping, _competence(context, mapping))
    for _ in range(reading.competence.unknown if reading.competence else 0):
        yield Skipped(_UNKNOWN)
    for found in json_records(stream, PREFIXES):
        yield _item(found, reading)


@lru_cache(maxsize=4)
def _mapping(folder: Path) -> Mapping[str, Any]:
    return read_yaml(folder / "dila.yml")


def _competence(context: Context, mapping: Mapping[str, Any]) -> Competence | None:
    if context.companion is None:
        return None
    return read_competence(context.companion, {*mapping["types"], *mapping["same_as"]}, context.territories)


def _item(found: Found, reading: _Reading) -> Item:
    record, place = found.value, f"record {found.number}"
    if not isinstance(record, Mapping):
        return SetAside(None, place, "the record is no object", excerpt(record))
    service = service_of(record)
    kind = _type(service, reading.mapping)
    if kind is None:
        return Skipped(next(iter(service.types), "") or "no type")
    source_id = service.id or service.code
    try:
        if found.fault:
            raise Unusable(found.fault)
        if not source_id:
            raise Unusable("the record has neither `id` nor `ancien_code_pivot`")
        advisor = Advisor(**_fields(service, kind, reading))
    except (Unusable, ValidationError) as error:
        return SetAside(source_id or None, place, _reason(error), excerpt(_outline(service)))
    return Imported(source_id, advisor, tuple(_keys(advisor)), place)


def _type(service: Service, mapping: Mapping[str, Any]) -> str | None:
    named = (mapping["same_as"].get(one, one) for one in service.types)
    return next((one for one in named if one in mapping["types"]), None)


def _reason(error: Unusable | ValidationError) -> str:
    if isinstance(error, Unusable):
        return str(error)
    return "; ".join(in_words(found, Advisor) for found in error.errors())


def _outline(service: Service) -> str:
    return f"{service.code or service.id} {service.name} {service.insee} {service.postcode} {service.town}"


def _keys(advisor: Advisor) -> Iterator[str]:
    yield f"directory:{advisor.directory_id}"
    if advisor.siret:
        yield f"siret:{advisor.siret}"


def _fields(service: Service, kind: str, reading: _Reading) -> dict[str, Any]:
    name, _ = clip(line_of(service.name), NAME)
    if not name:
        raise Unusable("the service has no name")
    seat = _seat(service, reading.context)
    known = _words(kind, name, seat, reading)
    territory = _territory(known["level"], seat, reading.context)
    fields = {field: known[field] for field in _CARRIED if field in known}
    return {
        **fields,
        "id": slug_for(reading.context.source.code, service.code or f"{kind} {service.id}"),
        "name": name,
        "level": territory.level,
        "territory": territory.code,
        "seat": zone_of("commune", seat.code),
        "area": _area(service, seat, territory, reading),
        "directory_id": (service.code or service.id)[:80],
        "siret": siret_of(service.siret),
        **_contact(service, reading.mapping),
        **_origin(service, reading.context),
    }


def _words(kind: str, name: str, seat: Place, reading: _Reading) -> dict[str, Any]:
    known = dict(reading.mapping["types"][kind])
    regional = known.pop("regional", None)
    return {**known, **regional} if regional and _is_regional(name, seat, reading) else known


def _is_regional(name: str, seat: Place, reading: _Reading) -> bool:
    """Say whether a chamber is that of its région: its name says so and names no smaller territory in it."""
    key = f" {normalise_name(name)} "
    if not any(f" {word} " in key for word in reading.mapping["regional_words"]):
        return False
    smaller = [place for place in reading.context.territories.departements if place.region == seat.region]
    names = [normalise_name(place.name) for place in (*smaller, seat) if place.name]
    region = normalise_name(reading.context.territories.get("region", seat.region).name)
    rest = key.replace(f" {region} ", " ")
    return not any(f" {one} " in rest for one in names)


def _seat(service: Service, context: Context) -> Place:
    if service.insee:
        try:
            return context.territories.get("commune", context.resolve_commune(service.insee))
        except UnknownTerritory:
            raise Unusable(f"no commune has or had the INSEE code `{service.insee}`") from None
    town = normalise_name(service.town)
    for place in context.territories.by_postcode(service.postcode):
        if normalise_name(place.name) == town:
            return place
    raise Unusable("no INSEE code, and the address names no commune of its postcode")


def _territory(level: str, seat: Place, context: Context) -> Place:
    code = {"departement": seat.departement, "region": seat.region, "epci": seat.epci}[level]
    return context.territories.get(level, code) if code else seat


def _area(service: Service, seat: Place, territory: Place, reading: _Reading) -> list[str]:
    communes = _communes(service, reading)
    if communes == {seat.code}:  # many services name the commune of their office only
        return []
    zones = zones_of(communes, reading.context.territories) if communes else []
    return [] if zones == [zone_of(territory.level, territory.code)] else zones


def _communes(service: Service, reading: _Reading) -> set[str]:
    if reading.competence:
        for key in (service.id, service.code):
            if found := reading.competence.communes.get(key):
                return found
    try:
        return {reading.context.resolve_commune(code) for code in service.communes}
    except UnknownTerritory as error:
        raise Unusable(f"the area names an INSEE code that no commune has or had: {error}") from None


def _contact(service: Service, mapping: Mapping[str, Any]) -> dict[str, str | None]:
    return {
        "phone": _first(phone_of, service.phones),
        "email": _first(email_of, service.mailboxes),
        "url": _first(url_of, service.links),
        "hours": hours_in_words(service.ranges, mapping["hours"]),
    }


def _first(clean, texts: tuple[str, ...]) -> str | None:
    return next(filter(None, map(clean, texts)), None)


def _origin(service: Service, context: Context) -> dict[str, Any]:
    """Return where the record comes from; the shape of 2017 is old data, whatever its file is called."""
    file_day = context.file_date.isoformat() if context.file_date else None
    return {
        "confidence": Confidence.SECONDARY if service.legacy else Confidence.OFFICIAL,
        "source_url": context.source.page,
        "seen": date_of(service.modified) or file_day,
        "provenance": context.source.provenance(service.id or service.code, context.file_date),
    }
