"""pydantic's errors, said to an editor: what is wrong, and what would be right."""

from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import ModelField

_TYPES = {
    "type_error.str": "must be a text; write it in quotes",
    "type_error.integer": "must be a whole number without quotes",
    "type_error.float": "must be a number without quotes",
    "type_error.dict": "must hold `key: value` lines",
    "type_error.list": "must be a list",
    "value_error.strictbool": "must be true or false",
    "type_error.none.not_allowed": "has no value; give one or drop the key",
    "value_error.list.min_items": "must name at least one",
    "value_error.list.unique_items": "names the same thing twice",
    "value_error.any_str.min_length": "is empty; give a text or drop the key",
}
_LIMITS = {
    "value_error.any_str.max_length": "is too long: at most {limit_value} characters",
    "value_error.number.not_ge": "must be {limit_value} or more",
    "value_error.number.not_gt": "must be more than {limit_value}",
    "value_error.number.not_le": "must be {limit_value} or less",
    "value_error.str.regex": "does not have the right form ({pattern})",
}


def in_words(error: dict[str, Any], model: type[BaseModel]) -> str:
    """Return one error of `ValidationError.errors()` as a sentence for an editor."""
    location, kind, context = error["loc"], error["type"], error.get("ctx", {})
    key = ".".join(str(part) for part in location if part != "__root__")
    if kind == "value_error.extra":
        return f"unknown key `{key}`; allowed: {', '.join(_allowed(model, location[:-1]))}"
    if kind == "value_error.missing":
        return f"missing key `{key}`"
    if kind == "type_error.enum":
        return f"`{key}` is not a known code; allowed: {_codes(context)}"
    return f"`{key}` {_sentence(kind, context, error['msg'])}" if key else error["msg"]


def _sentence(kind: str, context: dict[str, Any], message: str) -> str:
    if kind in _TYPES:
        return _TYPES[kind]
    if kind in _LIMITS:
        return _LIMITS[kind].format(**context)
    return f"is wrong: {message}"


def _codes(context: dict[str, Any]) -> str:
    members: list[Enum] = context["enum_values"]
    return ", ".join(str(member.value) for member in members)


def _allowed(model: type[BaseModel], location: tuple) -> list[str]:
    fields: dict[str, ModelField] = model.__fields__
    for part in location:
        if part in fields:
            fields = fields[part].type_.__fields__
    return list(fields)
