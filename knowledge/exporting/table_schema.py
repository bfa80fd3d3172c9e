"""A Table Schema (Frictionless), as far as the national schema uses it: what a row breaks."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

SCHEMA = Path(__file__).parent / "dispositif-aide-professionnels-0.2.0.json"
# The schema's pattern of zones forgets Corsica: DEP-2A, DEP-2B and their communes are accepted.
_ZONES = r"^[A-Z]+-(\d+|2[AB]\d*)(\|[A-Z]+-(\d+|2[AB]\d*))*$"
_OURS = {"eligibilite_geographique": _ZONES, "eligibilite_geographique_exclusions": _ZONES}


class TableSchema:
    """The fields of a table and what each asks for; remembers the values that must be unique."""

    def __init__(self, fields: list[Mapping[str, Any]]):
        self.fields = fields
        self._taken: dict[str, set[str]] = {}

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, in order."""
        return [field["name"] for field in self.fields]

    def breaches(self, row: Mapping[str, str]) -> list[str]:
        """Return one sentence for each rule that `row` breaks; none for a row that is right."""
        return [breach for field in self.fields for breach in self._field(field, row.get(field["name"], ""))]

    def _field(self, field: Mapping[str, Any], value: str) -> Iterator[str]:
        rules = field.get("constraints", {})
        if not value:
            if rules.get("required"):
                yield f"{field['name']}: required, but empty"
            return
        pattern = _OURS.get(field["name"]) or rules.get("pattern") or field.get("pattern")
        if pattern and not re.fullmatch(pattern, value):
            yield f"{field['name']}: `{value}` does not have the form {pattern}"
        if len(value) > rules.get("maxLength", len(value)):
            yield f"{field['name']}: {len(value)} characters, {rules['maxLength']} at most"
        if not _typed(field, value):
            yield f"{field['name']}: `{value}` is not of type {field.get('format') or field['type']}"
        if rules.get("unique") and not self._new(field["name"], value):
            yield f"{field['name']}: `{value}` stands twice"

    def _new(self, name: str, value: str) -> bool:
        taken = self._taken.setdefault(name, set())
        new = value not in taken
        taken.add(value)
        return new


def national_schema() -> TableSchema:
    """Return the national schema `dispositif-aide-professionnels` 0.2.0, with no value taken yet."""
    return TableSchema(_fields())


@lru_cache(maxsize=1)
def _fields() -> list[Mapping[str, Any]]:
    return json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]


def _typed(field: Mapping[str, Any], value: str) -> bool:
    check = _CHECKS.get(field.get("format") or field["type"], str)
    try:
        check(value)
    except ValueError:
        return False
    return True


def _uri(value: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", value, re.IGNORECASE):
        raise ValueError(value)


_CHECKS = {
    "uuid": UUID,
    "uri": _uri,
    "integer": int,
    "datetime": lambda value: datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ"),
}
