"""Schemes as a file of the national schema `dispositif-aide-professionnels` 0.2.0."""

import calendar
import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TextIO
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel

from knowledge.coverage import UNION
from knowledge.exporting.table_schema import national_schema
from knowledge.importing.formats.aid_words import mapping, national_word
from knowledge.importing.formulas import neutral
from knowledge.schema import Scheme
from knowledge.sentences import Sentences, read_sentences

SEPARATOR, BULLET = "|", "• "
# Same name, same identifier, for ever: changing it would make every scheme a new one for those who read the file.
_IDENTIFIERS = uuid5(NAMESPACE_URL, "https://schema.data.gouv.fr/etalab/schema-dispositif-aide")
_LISTS = (
    "programmes_parents",
    "cibles",
    "eligibilite_categorie_taille_entreprise",
    "eligibilite_forme_juridique",
    "eligibilite_forme_juridique_exclusions",
    "ciblage_naf",
    "ciblage_naf_exclusions",
)
_TEXTS = ("titre", "promesse", "description", "url_source")
_NUMBERS = ("eligibilite_effectif_minimal", "eligibilite_effectif_maximal")


@dataclass
class Written:
    """What became of the records: how many rows were written, which schemes were left out, and why."""

    rows: int = 0
    refused: list[str] = field(default_factory=list)


def source_uuid(scheme: Scheme) -> str | None:
    """Return the UUID under which its source publishes a scheme, where it has one."""
    try:
        return str(UUID(scheme.provenance.source_id)) if scheme.provenance else None
    except ValueError:
        return None


def identifier(scheme_id: str) -> str:
    """Return the UUID of a scheme of ours, always the same for the same id."""
    return str(uuid5(_IDENTIFIERS, scheme_id))


def chained_uuids(schemes: Callable[[], Iterable[Scheme]]) -> dict[str, str]:
    """Return the sources' UUIDs of the schemes that `chainage_paiement` names, by our id.

    `schemes` gives all of them and is called twice, or once where none is named: names come before records.
    """
    named = {scheme.chainage_paiement for scheme in schemes() if scheme.chainage_paiement}
    found = (
        (scheme.id, source_uuid(scheme)) for scheme in (schemes() if named else ()) if scheme.id in named
    )
    return {key: uuid for key, uuid in found if uuid}


def row_of(scheme: Scheme, chained: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the 26 cells of a scheme, by column, empty where the record says nothing.

    `chained` is what `chained_uuids` returns.
    """
    row = {name: neutral(str(getattr(scheme, name) or "")) for name in _TEXTS}
    row |= {name: neutral(_joined(getattr(scheme, name))) for name in _LISTS}
    row |= {name: _number(getattr(scheme, name)) for name in _NUMBERS}
    row |= _dates(scheme) | _zones(scheme)
    years = scheme.eligibilite_annees_existence_minimal
    row["id"] = source_uuid(scheme) or identifier(scheme.id)
    row["types_aides"] = _joined(dict.fromkeys(national_word(kind) for kind in scheme.types_aides))
    row["eligibilite"] = "\n".join(BULLET + _line(condition) for condition in conditions_of(scheme))
    row["porteurs"] = _json(scheme.porteurs)
    row["base_juridique"] = _json(scheme.base_juridique)
    row["eligibilite_annees_existence_minimal"] = _number(years) if _whole(years) else ""
    row["ciblage_secteur_activite"] = _sectors(scheme)
    chain = scheme.chainage_paiement
    row["chainage_paiement"] = (chained.get(chain) or identifier(chain)) if chain else ""
    return row


def conditions_of(scheme: Scheme) -> list[str]:
    """Return the scheme's conditions, then those that the national schema has no field for, in words.

    The status comes first where it is not open. Never empty, as the schema asks.
    """
    phrases = mapping("national")
    status = phrases["status"].get(scheme.status.value)
    found = [*([status] if status else []), *scheme.eligibilite, *_unfielded(scheme)]
    return found or [phrases["no_condition"]]


def write_national(
    schemes: Iterable[Scheme], file: TextIO, chained: Mapping[str, str] = MappingProxyType({})
) -> Written:
    """Write `schemes` to `file`, a row at a time; a row that breaks the schema is left out and named."""
    schema, written = national_schema(), Written()
    writer = csv.DictWriter(file, schema.names, lineterminator="\n")
    writer.writeheader()
    for scheme in schemes:
        row = row_of(scheme, chained)
        breaches = schema.breaches(row)
        if breaches:
            written.refused += [f"{scheme.id}: {breach}" for breach in breaches]
            continue
        writer.writerow(row)
        written.rows += 1
    return written


def _unfielded(scheme: Scheme) -> Iterator[str]:
    say, years = _sentences().say, scheme.eligibilite_annees_existence_minimal
    if scheme.rural:
        yield say("rural")
    if years is not None and not _whole(years):
        yield say("age_min", years=years)
    if scheme.age_max_years is not None:
        yield say("age_max", years=scheme.age_max_years)
    if scheme.turnover_max is not None:
        yield say("turnover_max", turnover=scheme.turnover_max)
    if scheme.sector_exclusions:
        yield say("sectors_refused", words=scheme.sector_exclusions)


def _dates(scheme: Scheme) -> dict[str, str]:
    return {
        "date_ouverture": _moment(scheme.date_ouverture),
        "date_cloture": _moment(scheme.date_cloture, last=True),
        "date_mise_a_jour": _moment(scheme.date_mise_a_jour),
    }


def _moment(partial: str | None, last: bool = False) -> str:
    """Return the first day (or the last) of a date as precise as it is known, which is the same in Paris."""
    if not partial:
        return ""
    year, month, day = ([*map(int, partial.split("-")), 0, 0])[:3]
    month = month or (12 if last else 1)
    day = day or (calendar.monthrange(year, month)[1] if last else 1)
    return f"{year:04}-{month:02}-{day:02}T00:00:00Z"


def _zones(scheme: Scheme) -> dict[str, str]:
    names = ("eligibilite_geographique", "eligibilite_geographique_exclusions")
    union = mapping("national")["union"]
    return {
        name: _joined(dict.fromkeys(union if zone == UNION else zone for zone in getattr(scheme, name)))
        for name in names
    }


def _sectors(scheme: Scheme) -> str:
    phrases = mapping("national")
    if scheme.ciblage_secteur_activite:
        return neutral(_joined(scheme.ciblage_secteur_activite))
    return phrases["naf_only" if scheme.ciblage_naf else "all_sectors"]


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(_line(str(value)).replace(SEPARATOR, "/") for value in values)


def _line(text: str) -> str:
    return " ".join(text.split())


def _whole(years: float | None) -> bool:
    return years is not None and years == int(years)


def _number(value: float | None) -> str:
    return "" if value is None else str(int(value))


def _json(records: Iterable[BaseModel]) -> str:
    values = [json.loads(record.json(exclude_none=True)) for record in records]
    return json.dumps(values, ensure_ascii=False) if values else ""


@lru_cache(maxsize=1)
def _sentences() -> Sentences:
    return read_sentences("conditions", Path(__file__).parent)
