"""Facets: all that lists filter conversations on, folded into one column of each digest.

A facet is a kind and a value (`need:website`), or a kind alone (`doubtful`). PostgreSQL keeps them as an array with a
GIN index, which finds what several of them have in common however common each one is. SQLite has no such index: there
they are lines of a text at the end of the index by activity, which is read in order. `facet_triggers.py` keeps them in
step.
"""

import glob
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Boolean, Text, literal
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

# Below the first the assistant offers choices instead of an answer (config.yml); the second parts sure from so-so.
BANDS: dict[str, tuple[float, float]] = {"low": (0.0, 0.6), "middle": (0.6, 0.8), "high": (0.8, 1.01)}
# Before, between and after facets in a text; none holds one.
EDGE = "\n"


def facet(kind: str, value: str) -> str:
    """Return the facet of this kind and value."""
    return f"{kind}:{value}"


class Facets(TypeDecorator):
    """Several facets: a text with an edge on either side of each on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Return the type that the database has for this."""
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[str] | None, dialect: Any) -> Any:
        """Return the facets as the database keeps them."""
        if value is None or dialect.name == "postgresql":
            return None if value is None else list(value)
        return EDGE + "".join(each + EDGE for each in value)

    def process_result_value(self, value: Any, dialect: Any) -> frozenset[str] | None:
        """Return the facets."""
        if value is None:
            return None
        return frozenset(value if dialect.name == "postgresql" else value.split(EDGE)) - {""}


class _Held(FunctionElement):
    """The condition that the first clause, a column of facets, holds the other clauses."""

    type = Boolean()
    inherit_cache = True


class _HoldsAll(_Held):
    name = "holds_all"
    inherit_cache = True
    array, word = "@>", " AND "


class _HoldsAny(_Held):
    name = "holds_any"
    inherit_cache = True
    array, word = "&&", " OR "


def holds_all(column: Any, facets: Iterable[str]) -> Any:
    """Return the condition that `column` holds all of `facets`, of which there is at least one."""
    return _HoldsAll(column, *_literals(facets))


def holds_any(column: Any, facets: Iterable[str]) -> Any:
    """Return the condition that `column` holds one of `facets`, of which there is at least one."""
    return _HoldsAny(column, *_literals(facets))


@compiles(_Held, "postgresql")
def _in_array(element: _Held, compiler: Any, **kw: Any) -> str:
    column, *facets = (compiler.process(each, **kw) for each in element.clauses)
    return f"({column} {element.array} ARRAY[{', '.join(facets)}]::text[])"


@compiles(_Held, "sqlite")
def _in_text(element: _Held, compiler: Any, **kw: Any) -> str:
    column, *facets = (compiler.process(each, **kw) for each in element.clauses)
    return f"({element.word.join(f'{column} GLOB {each}' for each in facets)})"


class _Sought(TypeDecorator):
    """A facet that is looked for: a pattern on SQLite, where GLOB takes half the time of `instr`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str, dialect: Any) -> str:
        """Return what the database compares with; the signs of a pattern stand for themselves."""
        if dialect.name == "postgresql":
            return value
        return f"*{EDGE}{glob.escape(value)}{EDGE}*"


def _literals(facets: Iterable[str]) -> Sequence[Any]:
    return [literal(each, _Sought()) for each in facets]
