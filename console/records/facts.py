"""The facts of a record in words, for whoever reads or compares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import ModelField

from console.records.words import Words
from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, UNION, split_zone
from knowledge.editing.changes import Change
from knowledge.importing.staging import MODELS
from knowledge.territories import Territories, UnknownTerritory
from knowledge.typography import french, number

_ZONES = frozenset(
    {"area", "area_exclusions", "seat", "eligibilite_geographique", "eligibilite_geographique_exclusions"}
)


@dataclass(frozen=True)
class Fact:
    """One field in words; `lines` has one text an item, `link` is the address where the fact is one."""

    name: str
    label: str
    lines: tuple[str, ...]
    link: str | None = None


@dataclass(frozen=True)
class Changed:
    """One field before and after."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Facts:
    """Says what records hold."""

    def __init__(self, words: Words, territories: Territories) -> None:
        self._words = words
        self._territories = territories

    def groups(self, kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, list[Fact]]]:
        """Yield the groups of a record with the facts that it holds; `values` are JSON values."""
        model = MODELS[kind]
        for group in self._words.groups(kind):
            facts = [
                self._fact(model, model.__fields__[name], values[name], values)
                for name in group["fields"]
                if values.get(name) not in (None, [], {}, "")
            ]
            if facts:
                yield group["title"], facts

    def changes(self, change: Change) -> Iterator[Changed]:
        """Yield what a change changes."""
        model = MODELS[change.kind]
        for each in change.differences():
            if each.field in self._words.fixed:
                continue
            field = model.__fields__[each.field]
            before, after = change.before or {}, change.record
            yield Changed(
                self._words.label(model, each.field),
                self._lines(field, each.before, before),
                self._lines(field, each.after, after),
            )

    def labels(self, kind: str, names: tuple[str, ...]) -> list[str]:
        """Return what fields are called."""
        return [self._words.label(MODELS[kind], name) for name in names if name not in self._words.fixed]

    def _fact(self, model: type[BaseModel], field: ModelField, value: Any, values: Mapping[str, Any]) -> Fact:
        text = value if isinstance(value, str) and value.startswith(("https://", "http://")) else None
        return Fact(field.name, self._words.label(model, field.name), self._lines(field, value, values), text)

    def _lines(self, field: ModelField, value: Any, values: Mapping[str, Any]) -> tuple[str, ...]:
        if value in (None, "", [], {}):
            return ()
        items = value if isinstance(value, list) else [value]
        return tuple(self._one(field, item, values) for item in items)

    def _one(self, field: ModelField, value: Any, values: Mapping[str, Any]) -> str:
        kind = field.type_
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self._inside(kind, value)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self._words.code(kind(value))
        if isinstance(value, bool):
            return self._words.answer(value)
        if isinstance(value, (int, float)):
            return number(value)
        if field.name in _ZONES:
            return self._zone(value)
        if field.name == "territory":
            return self._place(values.get("level", ""), value)
        return value if value.startswith("http") else french(value)

    def _inside(self, model: type[BaseModel], values: Mapping[str, Any]) -> str:
        said = (
            f"{self._words.label(model, name)} : {', '.join(self._lines(field, values[name], values))}"
            for name, field in model.__fields__.items()
            if values.get(name) not in (None, [], {}, "")
        )
        return french(" ; ".join(said))

    def _zone(self, zone: str) -> str:
        kind, code = split_zone(zone)
        return zone if zone in (COUNTRY, UNION) else self._place(LEVEL_OF_ZONE.get(kind, ""), code, zone)

    def _place(self, level: str, code: str, shown: str | None = None) -> str:
        try:
            return f"{self._territories.get(level, code).name} ({shown or code})"
        except UnknownTerritory:
            return shown or code
