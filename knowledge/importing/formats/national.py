"""Files of the national schema `dispositif-aide-professionnels`, 0.2.0 or 0.1 (its first 15 columns).

CSV with `,` or `;`, or JSON where a publisher writes it so. A date with a time is the day it is in Paris.
What our own export writes comes back as the record it was, for every field the schema has.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import json5

from knowledge.codes import Role, SchemeStatus, SizeCategory, Target
from knowledge.importing.fields import date_of, url_of
from knowledge.importing.formats import scheme_parts as parts
from knowledge.importing.formats.aid_words import mapping
from knowledge.importing.formats.rows import Row, rows_of
from knowledge.importing.formats.scheme_items import item_of
from knowledge.importing.formats.scheme_parts import Notes, NotForFirms, Refused
from knowledge.importing.formulas import given_back
from knowledge.importing.records import Context, Imported, Item
from knowledge.territories import Territories, normalise_name
from yaml_files import read_yaml

SECTORS = Path(__file__).resolve().parents[2] / "content" / "sectors.yml"
_REQUIRED = ("id", "titre", "description")
_TEXT_LISTS = ("programmes_parents", "eligibilite_forme_juridique", "eligibilite_forme_juridique_exclusions")
_NAF_LISTS = ("ciblage_naf", "ciblage_naf_exclusions")
_NUMBERS = (
    "eligibilite_effectif_minimal",
    "eligibilite_effectif_maximal",
    "eligibilite_annees_existence_minimal",
)
_ZONES = ("eligibilite_geographique", "eligibilite_geographique_exclusions")
_DAYS = ("date_ouverture", "date_cloture")
_NUMBER_MAX = 2**31 - 1  # what a database holds where headcounts are compared; no firm comes near
_WAITING = 10_000  # rows held back at most
_OBJECTS_LIMIT = 20_000  # characters of a cell that json5, which is slow, may read


def read(file: BinaryIO, context: Context) -> Iterator[Item]:
    """Yield the schemes of a file; raises `Unreadable` where it breaks off or is of another format.

    A request for payment is read after the scheme it belongs to, at the end if need be: only then is known
    that the scheme could be taken.
    """
    sectors, given, waiting = _declared(), {}, []

    def fields(cells: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
        found = fields_of(cells, notes, context.territories, sectors, context.today.isoformat())
        return found | _chain(cells, given, notes)

    for row in rows_of(file, _REQUIRED):
        if _waits(row, given) and len(waiting) < _WAITING:
            waiting.append(row)
            continue
        item = item_of(row, "id", context, fields)
        if isinstance(item, Imported):
            given[item.source_id] = item.record.id
        yield item
    yield from (item_of(row, "id", context, fields) for row in waiting)


def _waits(row: Row, given: Mapping[str, str]) -> bool:
    named = _key(row.cells, "chainage_paiement")
    return bool(named) and named not in given


def _key(cells: Mapping[str, Any], name: str) -> str:
    return str(cells.get(name) or "").strip()


def _chain(cells: Mapping[str, Any], given: Mapping[str, str], notes: Notes) -> dict[str, str]:
    named = _key(cells, "chainage_paiement")
    if named and named not in given:
        notes.add("chain", parts.shortened(named, 80))
    return {"chainage_paiement": given[named]} if named in given else {}


@cache
def _declared() -> frozenset[str]:
    """Return the activities that the shipped sectors.yml declares."""
    reference = read_yaml(SECTORS)
    return frozenset(sector["label"] for sector in reference["sectors"])


def fields_of(
    row: Mapping[str, Any], notes: Notes, territories: Territories, sectors: Iterable[str], today: str
) -> dict[str, Any]:
    """Return the fields of a scheme that a row of the national schema holds, but its id and its source.

    `sectors` are the activities declared in sectors.yml, `today` the day of the import (YYYY-MM-DD). Raises
    `Refused` with the reason where the row cannot become a scheme.
    """
    row = {name: given_back(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
    targets = _targets(row)
    found = _texts(row, notes) | _numbers(row, notes) | _days(row, notes)
    found |= {name: parts.zones_of(listed(row.get(name)), territories) for name in _ZONES}
    if not found[_ZONES[0]]:
        raise Refused(f"`{_ZONES[0]}` is empty")
    found |= _objects(row, notes)
    status, conditions = _status(_conditions(row), found, today)
    sectors, more = _sectors(listed(row.get("ciblage_secteur_activite")), sectors)
    payers = [bearer["nom"] for bearer in found["porteurs"]]
    return {
        **found,
        **{name: listed(row.get(name)) for name in (*_TEXT_LISTS, *_NAF_LISTS)},
        "cibles": targets,
        "types_aides": parts.kinds_noted(listed(row.get("types_aides")), notes),
        "eligibilite": conditions + more,
        "eligibilite_categorie_taille_entreprise": _sizes(row, notes),
        "ciblage_secteur_activite": sectors,
        "level": parts.level_of([*payers, *listed(row.get("programmes_parents"))], found[_ZONES[0]]),
        "status": status,
    }


def listed(cell: Any) -> list[str]:
    """Return the values of a cell: a text with `|`, or a list where the file is JSON; each once."""
    values = cell if isinstance(cell, list) else str(cell or "").split("|")
    return list(dict.fromkeys(parts.nonempty(parts.said_on_a_line(value) for value in values)))


def objects(cell: Any) -> list[Mapping[str, Any]]:
    """Return the objects of a cell, written as JSON or as JavaScript (`[{ nom: 'ADEME' }]`).

    Raises `Refused` where it is neither.
    """
    if isinstance(cell, str) and len(cell) > _OBJECTS_LIMIT:
        raise Refused(f"a list of objects is longer than {_OBJECTS_LIMIT} characters")
    found = _read_objects(cell) if isinstance(cell, str) else cell or []
    found = [found] if isinstance(found, Mapping) else found
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise Refused(f"`{parts.shortened(str(cell), 60)}` is no list of objects")
    return found


def _read_objects(text: str) -> Any:
    if not text.strip():
        return []
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    try:
        return json5.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(f"`{parts.shortened(text, 60)}` is neither JSON nor JavaScript") from error


def _targets(row: Mapping[str, Any]) -> list[str]:
    targets = [target for target in listed(row.get("cibles")) if target in Target.values()]
    if Target.PROFESSIONALS.value not in targets:
        raise NotForFirms(f"for {', '.join(listed(row.get('cibles'))) or 'nobody'}, not for firms")
    return targets


def _texts(row: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    title, promise = (parts.said_on_a_line(row.get(name)) for name in ("titre", "promesse"))
    description = parts.said(row.get("description")) or promise
    for name, text in (("titre", title), ("description", description)):
        if not text:
            raise Refused(f"`{name}` is empty")
    return {
        "titre": parts.title(title, notes),
        "promesse": parts.promise(promise, description, title),
        "description": parts.clipped(description, notes),
        "url_source": _link(row.get("url_source"), notes),
    }


def _link(cell: Any, notes: Notes) -> str | None:
    if not str(cell or "").strip():
        return None
    link = url_of(str(cell))
    if link is None:
        notes.add("link_refused", parts.shortened(str(cell), 200))
    return link


def _numbers(row: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    found = {}
    for name in _NUMBERS:
        text = str(row[name]).strip() if row.get(name) is not None else ""
        try:
            found[name] = _whole(text) if text else None
        except (ValueError, OverflowError):
            notes.add("number_refused", f"{name} = {parts.shortened(text, 80)}")
            found[name] = None
    return found


def _whole(text: str) -> int:
    number = int(float(text.replace(",", ".")))
    if number > _NUMBER_MAX:
        raise ValueError(f"{number} is no number of employees or years")
    return number


def _days(row: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    found = {}
    for name in _DAYS:
        text = str(row.get(name) or "").strip()
        found[name] = date_of(text) if text else None
        if text and found[name] is None:
            notes.add("day_refused", f"{name} = {parts.shortened(text, 80)}")
    updated = date_of(str(row.get("date_mise_a_jour") or ""))
    if updated is None:
        raise Refused(
            f"`date_mise_a_jour` is no date: `{parts.shortened(str(row.get('date_mise_a_jour')), 40)}`"
        )
    return {**found, "date_mise_a_jour": updated, "seen": updated, "status_as_of": updated}


def _objects(row: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    bearers = list(filter(None, (_bearer(one, notes) for one in objects(row.get("porteurs")))))
    if not bearers:
        raise Refused("`porteurs` names nobody who pays or decides")
    bearers.sort(key=lambda bearer: Role.FINANCEUR.value not in bearer["roles"])
    texts = (_legal_text(one, notes) for one in objects(row.get("base_juridique")))
    return {"porteurs": bearers, "base_juridique": list(filter(None, texts))}


def _bearer(one: Mapping[str, Any], notes: Notes) -> dict[str, Any] | None:
    name = parts.shortened(parts.said_on_a_line(one.get("nom")), parts.PAYER)
    given = one.get("roles", one.get("rôles")) or []
    roles = [role for role in Role.values() if role in (given if isinstance(given, list) else [given])]
    if name and not roles:
        notes.add("roles", name)
    siren = "".join(str(one.get("siren") or "").split())
    return (
        {"nom": name, "siren": siren if _is_siren(siren) else None, "roles": roles}
        if name and roles
        else None
    )


def _is_siren(text: str) -> bool:
    return len(text) == 9 and text.isascii() and text.isdigit()


def _legal_text(one: Mapping[str, Any], notes: Notes) -> dict[str, str] | None:
    label, link = parts.said_on_a_line(one.get("libelle")), url_of(str(one.get("lien") or ""))
    if link is None:
        notes.add("link_refused", f"{label} {one.get('lien') or ''}".strip())
    return {"libelle": label or link, "lien": link} if link else None


def _conditions(row: Mapping[str, Any]) -> list[str]:
    cell = row.get("eligibilite") or ""
    lines = "\n".join(map(str, cell)) if isinstance(cell, list) else str(cell)
    nothing = mapping("national")["no_condition"]
    return [condition for condition in parts.conditions(parts.said(lines)) if condition != nothing]


def _status(conditions: list[str], found: Mapping[str, Any], today: str) -> tuple[SchemeStatus, list[str]]:
    """Return the status, and the conditions without the one in which our own export says it."""
    said = {phrase: SchemeStatus(code) for code, phrase in mapping("national")["status"].items()}
    if conditions and conditions[0] in said:
        return said[conditions[0]], conditions[1:]
    closing, updated = found["date_cloture"], found["date_mise_a_jour"]
    return parts.status_of(closing, True, updated, today), conditions


def _sectors(words: list[str], declared: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the declared activities that `words` are, or a condition in words where one is not declared.

    All or none: a firm of an undeclared activity would else be ruled out by the declared ones.
    """
    phrases = mapping("national")
    limits = {normalise_name(phrases["all_sectors"]), normalise_name(phrases["naf_only"])}
    words = [word for word in words if normalise_name(word) not in limits]
    known = {normalise_name(label): label for label in declared}
    if all(normalise_name(word) in known for word in words):
        return list(dict.fromkeys(known[normalise_name(word)] for word in words)), []
    return [], [parts.section("sectors", text=parts.shortened(", ".join(words), parts.CONDITION))]


def _sizes(row: Mapping[str, Any], notes: Notes) -> list[str]:
    given = listed(row.get("eligibilite_categorie_taille_entreprise"))
    for size in given:
        if size not in SizeCategory.values():
            notes.add("number_refused", size)
    return [size for size in given if size in SizeCategory.values()]
