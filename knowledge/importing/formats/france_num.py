"""Activateurs France Num: private advisers, found by their postcode and town; the data set has no phone."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from knowledge.codes import BodyKind, BodyLevel, Confidence
from knowledge.complaints import in_words
from knowledge.coverage import zone_of
from knowledge.importing.fields import clip, line_of, slug_for, url_of
from knowledge.importing.mailboxes import excerpt, names_a_person
from knowledge.importing.records import Context, Imported, Item, SetAside, Skipped
from knowledge.importing.streams import Found, json_records
from knowledge.schema import Advisor
from knowledge.territories import Place, normalise_name
from yaml_files import read_yaml

PREFIXES = ("item", "results.item", "records.item")
NAME = 120  # characters, the limit of `Advisor.name`
_WRAPPERS = ("fields", "record")


class Unusable(ValueError):
    """A structure cannot become a record; the message is the reason."""


def read(stream: BinaryIO, context: Context) -> Iterator[Item]:
    """Yield the structures of the file; raises `Unreadable` where it breaks off."""
    mapping = _mapping(context.mappings)
    for found in json_records(stream, PREFIXES):
        yield _item(found, context, mapping)


@lru_cache(maxsize=4)
def _mapping(folder: Path) -> Mapping[str, Any]:
    return read_yaml(folder / "france_num.yml")


def _item(found: Found, context: Context, mapping: Mapping[str, Any]) -> Item:
    record, place = found.value, f"record {found.number}"
    if not isinstance(record, Mapping):
        return SetAside(None, place, "the record is no object", excerpt(record))
    for wrapper in _WRAPPERS:
        record = record[wrapper] if isinstance(record.get(wrapper), Mapping) else record
    category = line_of(record.get("categorie"))
    if category not in mapping["categories"]:
        return Skipped(f"category {category or 'none'}")
    source_id = line_of(record.get("identifiant_de_la_structure"))[:200]
    try:
        if found.fault:
            raise Unusable(found.fault)
        advisor = Advisor(**_fields(record, source_id, context, mapping))
    except (Unusable, ValidationError) as error:
        return SetAside(source_id or None, place, _reason(error), _outline(source_id, record))
    keys = (f"france-num:{source_id}", f"url:{advisor.url}") if advisor.url else (f"france-num:{source_id}",)
    return Imported(source_id, advisor, keys, place)


def _outline(source_id: str, record: Mapping[str, Any]) -> str:
    """Return what finds the record in its file without naming anybody."""
    return excerpt(f"{source_id} {record.get('type')} {record.get('code_postal')} {record.get('ville')}")


def _reason(error: Unusable | ValidationError) -> str:
    if isinstance(error, Unusable):
        return str(error)
    return "; ".join(in_words(found, Advisor) for found in error.errors())


def _fields(
    record: Mapping[str, Any], source_id: str, context: Context, mapping: Mapping[str, Any]
) -> dict[str, Any]:
    name, _ = clip(line_of(record.get("nom_de_la_structure")), NAME)
    sort = line_of(record.get("type"))
    if not source_id or not name:
        raise Unusable("the record lacks its identifier or its name")
    if sort in mapping["independent"] and names_a_person(name):
        raise Unusable("the structure bears a person's name")
    seat = _seat(record, context)
    origin = context.source
    return {
        **mapping["default"],
        **mapping["types"].get(sort, {}),
        "id": slug_for(origin.code, name, source_id[-12:]),
        "name": name,
        "kind": BodyKind.PRIVATE_ADVISER,
        "level": BodyLevel.REGION,
        "territory": seat.region,
        "seat": zone_of("commune", seat.code),
        "url": url_of(record.get("lien_url_site_france_num")),
        "confidence": Confidence.OFFICIAL,
        "source_url": url_of(record.get("lien_url_site_france_num")) or origin.page,
        "seen": context.file_date.isoformat() if context.file_date else None,
        "provenance": origin.provenance(source_id, context.file_date),
    }


def _seat(record: Mapping[str, Any], context: Context) -> Place:
    """Return the commune of the postcode and town; the town may be an arrondissement or a merged commune."""
    postcode = line_of(record.get("code_postal")).zfill(5)
    town = normalise_name(line_of(record.get("ville")).split(" CEDEX")[0].split(" Cedex")[0])
    inside = context.territories.by_postcode(postcode)
    named = [place for place in context.territories.named(town) if place.level == "commune"] if town else []
    for place in inside:
        if place in named or normalise_name(place.name) == town:
            return place
    if len(inside) == 1:
        return inside[0]
    near = [place for place in named if place.departement and postcode.startswith(place.departement[:2])]
    if len(near) == 1:
        return near[0]
    raise Unusable(f"no commune is found for postcode `{postcode[:10]}` and town `{town[:60]}`")
