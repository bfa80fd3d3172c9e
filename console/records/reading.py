"""What was typed into the form of a record, as the values of its model. Nothing is judged here: that is the check's."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import ModelField
from starlette.datastructures import FormData

from console.records.shapes import Shape, limit_of, shape_of
from console.records.words import Words
from knowledge.importing.staging import MODELS

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")
TEXT = 5000  # characters: the limit of texts of several lines
ROWS_MOST = 60  # of one list: what a form of ours can hold


def values_of(kind: str, form: FormData, words: Words, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that were typed; fields that no form shows are those of `kept`."""
    values = {name: kept[name] for name in words.fixed if name in kept}
    return values | _fields(MODELS[kind], form, "", words.fixed)


def _fields(
    model: type[BaseModel], form: FormData, prefix: str, skip: frozenset[str] = frozenset()
) -> dict[str, Any]:
    typed = {
        name: _typed(field, form, f"{prefix}{name}")
        for name, field in model.__fields__.items()
        if name not in skip
    }
    return {name: value for name, value in typed.items() if value not in (None, "", [], {})}


def _typed(field: ModelField, form: FormData, path: str) -> Any:
    shape = shape_of(field)
    if shape is Shape.GROUP:
        return _fields(field.type_, form, f"{path}.")
    if shape is Shape.ROWS:
        rows = (_fields(field.type_, form, f"{path}.{at}.") for at in range(ROWS_MOST))
        return [row for row in rows if row]
    if shape in (Shape.CHOICES, Shape.RANKED):
        return [code for code in map(_text, form.getlist(path)) if code]
    text = _text(form.get(path))
    if shape is Shape.TICK:
        return True if text else None
    if shape is Shape.LINES:
        return [line for line in map(str.strip, text.split("\n")) if line]
    if shape is Shape.NUMBER:
        return _number(text)
    return text if (limit_of(field) or 0) >= TEXT else " ".join(text.split())


def _text(value: Any) -> str:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _number(text: str) -> int | float | str:
    """Return the number a Frenchman means by « 1 500,5 »; what is none stays as it was typed."""
    plain = _SPACES.sub("", text)
    if not _NUMBER.fullmatch(plain):
        return text
    value = float(plain.replace(",", "."))
    return int(value) if value.is_integer() else value
