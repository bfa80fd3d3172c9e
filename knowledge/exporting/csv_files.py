"""Tables of bodies and schemes for people: French headers, `;`, UTF-8 with a mark that spreadsheets know.

A cell that a spreadsheet would run as a formula begins with an apostrophe, which makes it a text.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import phonenumbers

from knowledge.coverage import LEVEL_OF_ZONE, zone_of
from knowledge.exporting.outside import facts_of, leaving
from knowledge.importing.formulas import neutral
from knowledge.schema import Advisor, Scheme
from knowledge.territories import Territories, UnknownTerritory
from yaml_files import read_yaml

ENCODING = "utf-8-sig"
ADVISORS, SCHEMES = "advisors", "schemes"
CELL_MAX = 32_000  # characters: from 32,768 on, spreadsheets spill a cell into the rows below
_ZONES = ("area", "area_exclusions", "eligibilite_geographique", "eligibilite_geographique_exclusions")
_FRANCE_REGION = "FR"
_FRENCH_PREFIXES = {33, 262, 508, 590, 594, 596}  # dialled 0… from anywhere in France (ITU E.164, Arcep)


def write_csv(kind: str, records: Iterable[Advisor | Scheme], file: TextIO, territories: Territories) -> int:
    """Write `records`, all of one `kind` (advisors or schemes), a row at a time; return how many."""
    columns, rows = _table()[kind], 0
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([column["header"] for column in columns])
    for record in leaving(records):
        facts = readable(facts_of(record), territories)
        writer.writerow([neutral(_fitting(_cell(facts, column))) for column in columns])
        rows += 1
    return rows


def dialled(phone: str) -> str:
    """Return a number as it is dialled in France, without `+`: `+33 2 98…` is `02 98…`, `+32 2…` is `00 32 2…`.

    A number written without `+` stays as it is.
    """
    if not phone.lstrip().startswith("+"):
        return phone
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    if number.country_code in _FRENCH_PREFIXES:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return phonenumbers.format_out_of_country_calling_number(number, _FRANCE_REGION)


def words_of_codes() -> Mapping[str, Mapping[str, str]]:
    """Return the French words for codes, by the name of their list in `columns.yml`."""
    return _table()["words"]


def readable(facts: Mapping[str, Any], territories: Territories) -> dict[str, Any]:
    """Return the facts of a record with its territories in words and its number as dialled."""
    changed = dict(facts)
    if "territory" in facts:
        changed["territory"] = _territory(facts, territories)
    for key in _ZONES:
        changed[key] = [_named(zone, territories) for zone in facts.get(key, [])]
    if "phone" in facts:
        changed["phone"] = dialled(facts["phone"])
    return changed


def _territory(facts: Mapping[str, Any], territories: Territories) -> str:
    level, code = facts["level"], facts["territory"]
    return _named(zone_of(level, code) if level in LEVEL_OF_ZONE.values() else code, territories)


def _named(zone: str, territories: Territories) -> str:
    """Return « Finistère (DEP-29) »; a territory that is not in the tables stays a code."""
    if zone in _table()["zones"]:
        return _table()["zones"][zone]
    kind, _, code = zone.partition("-")
    try:
        return f"{territories.get(LEVEL_OF_ZONE.get(kind, ''), code).name} ({zone})"
    except UnknownTerritory:
        return zone


def _cell(facts: Mapping[str, Any], column: Mapping[str, str]) -> str:
    value = _at(facts, column["field"].split("."))
    words = _table()["words"].get(column.get("words", ""), {})
    values = value if isinstance(value, list) else [value]
    texts = [_text(words.get(one, one)) for one in values if one is not None]
    return _table()["separator"].join(texts)


def _fitting(cell: str) -> str:
    """Return a cell cut so that a spreadsheet can hold it; the cut is said at its end."""
    cut = _table()["cut"]
    return cell if len(cell) <= CELL_MAX else f"{cell[: CELL_MAX - len(cut) - 1].rstrip()} {cut}"


def _text(value: Any) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _at(value: Any, path: list[str]) -> Any:
    for index, key in enumerate(path):
        if isinstance(value, list):
            return [_at(one, path[index:]) for one in value]
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


@cache
def _table() -> Mapping[str, Any]:
    return read_yaml(Path(__file__).parent / "columns.yml")
