"""The daily dumps of aides-entreprises.fr: `aides.json` or `aides.csv`, with `territoires.json` beside it.

A scheme taken offline (`status` other than 1) is `unknown`, not `ended`: the service also takes schemes offline
while it checks them. It is `ended` once its `date_fin` has passed. `horodatage` is the day it was seen.
Contacts may name persons: no name of theirs is read; only the payer's own switchboard and a mailbox of a body
are kept.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from knowledge.coverage import zone_of
from knowledge.importing.fields import date_of, phone_of, url_of
from knowledge.importing.formats import scheme_parts as parts
from knowledge.importing.formats.aid_words import mapping
from knowledge.importing.formats.rows import rows_of
from knowledge.importing.formats.scheme_items import item_of
from knowledge.importing.formats.scheme_parts import Notes, Refused
from knowledge.importing.mailboxes import email_of
from knowledge.importing.records import Context, Item
from knowledge.importing.streams import Unreadable, naming
from knowledge.territories import Place, Territories, normalise_name

Records = list[Mapping[str, Any]]
_LISTS = {"territoires": ("id_ter", "ter_libelle"), "natures": ("id_typ", "typ_libelle")}
_LISTS |= {"financeurs": ("id_org", "org_nom"), "contacts": ("id_cnt", "email")}
_LINKS = {"source": "complements_sources", "formulaire": "complements_formulaires"}
_TERRITORY = ("ter_libelle", "ter_code", "insee")
_URL = re.compile(r"https?://[^\s\"'<>;|]+")
_WIDEST_FIRST = ("region", "departement", "epci", "commune")
_DISTRICTS = ("751", "6938", "132")  # arrondissements of Paris, Lyon and Marseille (INSEE)


def read(file: BinaryIO, context: Context) -> Iterator[Item]:
    """Yield the schemes of a dump, JSON or CSV; `context.companion` is `territoires.json` where it is at hand.

    Raises `Unreadable` where a file breaks off or is of another format.
    """
    companion, today = _companion(context), context.today.isoformat()

    def fields(cells: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
        return fields_of(cells, notes, context.territories, companion, today)

    for row in rows_of(file, ("id_aid", "aid_nom")):
        yield item_of(row, "id_aid", context, fields)


def _companion(context: Context) -> dict[str, Mapping[str, Any]]:
    """Return the name and codes of each territory of `territoires.json`, by `id_ter`; none without the file."""
    if context.companion is None:
        return {}
    with context.companion.open("rb") as file, naming(context.companion):
        cells = (row.cells for row in rows_of(file, ("id_ter",)) if row.cells.get("id_ter"))
        found = {str(one["id_ter"]): {key: one[key] for key in _TERRITORY if one.get(key)} for one in cells}
        if not found:
            raise Unreadable("no record of it has `id_ter`")
    return found


def fields_of(
    record: Mapping[str, Any],
    notes: Notes,
    territories: Territories,
    companion: Mapping[str, Mapping[str, Any]],
    today: str,
) -> dict[str, Any]:
    """Return the fields of a scheme that a record of the dump holds, but its id and its provenance.

    `companion` is `territoires.json` by `id_ter`, `today` the day of the import (YYYY-MM-DD). Raises `Refused`
    with the reason where the record cannot become a scheme.
    """
    indexed, links = nested(record, "cache_indexation", _lists), nested(record, "complements", _links)
    zones = _zones(record, indexed, notes, territories, companion)
    names = _names(indexed.get("financeurs"), "org_nom")
    payers = list(dict.fromkeys(parts.shortened(name, parts.PAYER) for name in names))
    if not payers:
        raise Refused("no payer is named")
    natures = _names(indexed.get("natures"), "typ_libelle")
    return {
        **_texts(record, notes),
        **_days(record, notes, today),
        **_headcounts(str(record.get("effectif") or ""), notes),
        "types_aides": parts.kinds_noted(natures, notes),
        "porteurs": [{"nom": payer, "roles": ["financeur"]} for payer in payers],
        "cibles": ["professionnels"],
        "eligibilite_geographique": zones,
        "url_source": next(_addresses(links.get("source")), None),
        "how_to_apply": [*_forms(links), *_contact(indexed, payers[0])],
        "level": parts.level_of(payers, zones),
    }


def nested(record: Mapping[str, Any], name: str, flat: Any) -> Mapping[str, Any]:
    """Return a part of the record: an object in the JSON dump, JSON or separate columns in the CSV one."""
    part = record.get(name)
    if isinstance(part, str) and part.strip():
        try:
            part = json.loads(part)
        except ValueError as error:
            raise Refused(f"`{name}` is no JSON") from error
    return part if isinstance(part, Mapping) and part else flat(record)


def tokens(cell: Any) -> list[str]:
    """Return the values of a cell: a JSON list, or texts with `|` or lines between them, or numbers with `,`."""
    text = str(cell or "").strip()
    if text.startswith("["):
        try:
            return [str(one) for one in json.loads(text)]
        except ValueError:
            pass
    separator = r"[,|\n]" if re.fullmatch(r"[\d,|\s]+", text) else r"[|\n]"
    return list(parts.nonempty(re.split(separator, text)))


def _lists(record: Mapping[str, Any]) -> dict[str, Records]:
    return {
        name: [{number if token.isdigit() else label: token} for token in tokens(record.get(name))]
        for name, (number, label) in _LISTS.items()
    }


def _links(record: Mapping[str, Any]) -> dict[str, Records]:
    return {
        name: [{"lien": link} for link in _URL.findall(str(record.get(column) or ""))]
        for name, column in _LINKS.items()
    }


def _names(records: Any, key: str) -> Iterator[str]:
    return parts.nonempty(parts.said_on_a_line(one.get(key)) for one in _objects(records))


def _objects(records: Any) -> Records:
    values = records.values() if isinstance(records, Mapping) else records
    return [one for one in _iterable(values) if isinstance(one, Mapping)]


def _iterable(values: Any) -> Iterable[Any]:
    return values if isinstance(values, Iterable) and not isinstance(values, str) else ()


def _texts(record: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    said = {name: parts.said(record.get(name)) for name in record if str(name).startswith("aid_")}
    title, purpose = " ".join(said.get("aid_nom", "").split()), said.get("aid_objet", "")
    if not title:
        raise Refused("`aid_nom` is empty")
    more = (("operations", "aid_operations_el"), ("amount", "aid_montant"))
    described = [purpose, *(parts.section(name, text=said[key]) for name, key in more if said.get(key))]
    public = said.get("aid_benef", "")
    if said.get("aid_validation"):
        notes.add("validity", parts.shortened(said["aid_validation"], 200))
    return {
        "titre": parts.title(title, notes),
        "promesse": parts.promise(purpose, title),
        "description": parts.clipped("\n".join(parts.nonempty(described)) or title, notes),
        "eligibilite": parts.conditions(said.get("aid_conditions", ""))
        + ([parts.section("beneficiaries", text=parts.shortened(public, parts.CONDITION))] if public else []),
    }


def _days(record: Mapping[str, Any], notes: Notes, today: str) -> dict[str, Any]:
    closing, seen = (date_of(str(record.get(name) or "")) for name in ("date_fin", "horodatage"))
    if seen is None:
        raise Refused(f"`horodatage` is no date: `{parts.shortened(str(record.get('horodatage')), 40)}`")
    listed = str(record.get("status")).strip() == mapping("aides_entreprises")["online"]
    if not listed:
        notes.add("offline", record.get("status"))
    return {
        "date_cloture": closing,
        "date_mise_a_jour": seen,
        "seen": seen,
        "status": parts.status_of(closing, listed, seen, today),
        "status_as_of": seen,
    }


def _headcounts(codes: str, notes: Notes) -> dict[str, int | None]:
    """Return the limits that codes give; none where a code is unknown, since nobody may be ruled out by it."""
    known = mapping("aides_entreprises")["headcounts"]
    named = [code.strip() for code in codes.split(",") if code.strip()]
    ranges = sorted(known[code] for code in named if code in known)
    gaps = [low for (_, *end), (low, *_) in zip(ranges, ranges[1:], strict=False) if end and low > end[0] + 1]
    if gaps or len(ranges) < len(named):
        notes.add("headcounts", codes)
    if not ranges or len(ranges) < len(named):
        return {}
    highest = None if any(len(one) == 1 for one in ranges) else max(one[1] for one in ranges)
    return {"eligibilite_effectif_minimal": ranges[0][0] or None, "eligibilite_effectif_maximal": highest}


def _forms(links: Mapping[str, Any]) -> list[str]:
    return [parts.section("form", text=link) for link in _addresses(links.get("formulaire"))]


def _addresses(links: Any) -> Iterator[str]:
    return filter(None, (url_of(str(one.get("lien") or "")) for one in _objects(links)))


def _contact(indexed: Mapping[str, Any], payer: str) -> list[str]:
    """Return how to reach the payer: its switchboard, and a mailbox that is no person's."""
    payers, contacts = _objects(indexed.get("financeurs")), _objects(indexed.get("contacts"))
    phones = (phone_of(str(one.get("org_telephone") or "")) for one in payers[:1])
    boxes = [*(one.get("org_email") for one in payers[:1]), *(one.get("email") for one in contacts)]
    mailboxes = (email_of(str(box or "")) for box in boxes)
    reach = list(filter(None, (next(filter(None, phones), None), next(filter(None, mailboxes), None))))
    return [parts.section("contact", name=payer, reach=", ".join(reach))] if reach else []


def _zones(
    record: Mapping[str, Any],
    indexed: Mapping[str, Any],
    notes: Notes,
    territories: Territories,
    companion: Mapping[str, Mapping[str, Any]],
) -> list[str]:
    coverage = str(record.get("couverture_geo") or "").strip()
    fixed = mapping("aides_entreprises")["coverage"]
    if coverage in fixed:
        return list(fixed[coverage])
    known = [_known(one, companion) for one in _objects(indexed.get("territoires"))]
    zones = list(dict.fromkeys(_zone(one, territories) for one in known))
    if not zones:
        raise Refused("territorial, but no territory is named")
    districts = [str(one.get("ter_libelle") or one["insee"]) for one in known if _is_district(one, zones)]
    if districts:
        notes.add("districts", parts.shortened(", ".join(districts), 200))
    return zones


def _known(entry: Mapping[str, Any], companion: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return a territory with what `territoires.json` adds to it."""
    said = {key: value for key, value in entry.items() if value}
    return {**companion.get(str(entry.get("id_ter") or ""), {}), **said}


def _zone(entry: Mapping[str, Any], territories: Territories) -> str:
    name, insee = normalise_name(str(entry.get("ter_libelle") or "")), str(entry.get("insee") or "")
    names = mapping("aides_entreprises")["names"]
    if name in names:
        return names[name]
    if len(insee) == 5:
        return parts.zones_of([f"COM-{insee}"], territories)[0]
    place = _named(name, {insee, str(entry.get("ter_code") or "")}, territories)
    if place is None and not name and entry.get("id_ter"):
        raise Refused(f"no territories file (`--companion`) says what number `{entry['id_ter']}` is")
    if place is None:
        raise Refused(f"no territory of today is called `{entry.get('ter_libelle')}`")
    return zone_of(place.level, place.code)


def _named(name: str, codes: Iterable[str], territories: Territories) -> Place | None:
    """Return the place of a name: the one of these codes, else the widest, but no commune of several."""
    places = territories.named(name) if name else []
    exact = [place for place in places if place.code in codes]
    for level in _WIDEST_FIRST:
        found = [place for place in exact or places if place.level == level]
        if found:
            return found[0] if level != "commune" or len(found) == 1 else None
    return None


def _is_district(entry: Mapping[str, Any], zones: Iterable[str]) -> bool:
    """Say whether a territory is a municipal arrondissement, which only its commune stands for here."""
    insee = str(entry.get("insee") or "")
    return insee.startswith(_DISTRICTS) and f"COM-{insee}" not in zones
