"""What sort of control each field of a record's model asks for: the models are the only place that says it."""

from enum import Enum

from pydantic import BaseModel
from pydantic.fields import ModelField

RANKED = frozenset({"needs", "first_for", "types_aides"})  # lists of codes whose order counts
LONG = 160  # characters: what may be longer gets more than a line


class Shape(str, Enum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "choices"
    RANKED = "ranked"
    GROUP = "group"
    ROWS = "rows"


def shape_of(field: ModelField) -> Shape:
    """Return how a field of a record is filled in."""
    kind, several = field.type_, field.outer_type_ is not field.type_
    if _is(kind, BaseModel):
        return Shape.ROWS if several else Shape.GROUP
    if _is(kind, Enum):
        if several:
            return Shape.RANKED if field.name in RANKED else Shape.CHOICES
        return Shape.CHOICE
    if _is(kind, bool) or kind.__name__ == "StrictBool":
        return Shape.TICK
    if _is(kind, (int, float)):
        return Shape.NUMBER
    if several:
        return Shape.LINES
    return Shape.TEXT if (limit_of(field) or 0) > LONG else Shape.LINE


def limit_of(field: ModelField) -> int | None:
    """Return the most characters of a text; None where there is no limit."""
    return field.field_info.max_length or getattr(field.type_, "max_length", None)


def _is(kind: type, wanted: type | tuple[type, ...]) -> bool:
    return isinstance(kind, type) and issubclass(kind, wanted)
