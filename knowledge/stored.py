"""Records as the store gives them back: checked when they went in, so built again without checking.

pydantic's own `construct` leaves codes and nested records as they stand in JSON, and copies every default; this gives
them their types and shares the defaults. A look-up may build eighty schemes: with all checks that alone would take
15 ms.
"""

import json
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic.fields import ModelField

Record = TypeVar("Record", bound=BaseModel)
Convert = Callable[[Any], Any]


def build(model: type[Record], text: str) -> Record:
    """Return the record of this model that `text`, the JSON the store keeps, stands for."""
    return _build(model, json.loads(text))


def _build(model: type[Record], stored: dict[str, Any]) -> Record:
    defaults, converts = _plan(model)
    values = dict(defaults)
    for name, value in stored.items():
        convert = converts.get(name)
        values[name] = convert(value) if convert and value is not None else value
    record = model.__new__(model)
    object.__setattr__(record, "__dict__", values)  # as `construct` does: the models refuse assignment
    object.__setattr__(record, "__fields_set__", set(stored))
    return record


@cache  # one entry a model
def _plan(model: type[BaseModel]) -> tuple[dict[str, Any], dict[str, Convert]]:
    """Return what a field is when it is not stored, and how to give stored ones their type.

    Records are never changed, so that they may share one empty list.
    """
    fields = model.__fields__.values()
    defaults = {field.name: None if field.required else _default(field) for field in fields}
    converts = {field.name: _converter(field) for field in fields}
    return defaults, {name: convert for name, convert in converts.items() if convert}


def _default(field: ModelField) -> Any:
    default = field.get_default()
    return default if default is None else field.validate(default, {}, loc=field.name)[0]


def _converter(field: ModelField) -> Convert | None:
    one = _one(field.type_)
    several = field.outer_type_ is not field.type_
    if one is None or not several:
        return one
    return lambda values: [one(value) for value in values]


def _one(kind: Any) -> Convert | None:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return lambda value: _build(kind, value)
    return None
