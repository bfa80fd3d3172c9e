"""Statements that are asked again and again, made ready once.

SQLAlchemy writes them, once for a database; after that only their values travel. PostgreSQL keeps them prepared on
each connection, so that it does not read and plan a page of SQL at every look-up: that takes longer than the answer.
"""

import re
from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select
from sqlalchemy.sql.type_api import TypeEngine

_POSTGRESQL = "postgresql"
_LARGEST = 2**31 - 1


class Statement:
    """A SELECT under a name; its parameters are always the same."""

    def __init__(self, name: str, select: Select):
        self._name, self._select = name, select
        self._ready: dict[str, tuple[str, str, list[tuple[str, Any]]]] = {}

    def all(self, connection: Connection, values: dict[str, Any]) -> list[Row]:
        """Return all rows for these values of its parameters."""
        dialect = connection.dialect.name
        if dialect not in self._ready:
            self._ready[dialect] = self._compiled(connection, dialect == _POSTGRESQL)
        prepare, execute, places = self._ready[dialect]
        if prepare and self._name not in connection.info:
            connection.exec_driver_sql(prepare)
            connection.info[self._name] = True  # thrown away with the connection
        given = tuple(_fitting(values.get(name, fixed)) for name, fixed in places)
        return connection.exec_driver_sql(execute, given).all()

    def _compiled(self, connection: Connection, postgresql: bool) -> tuple[str, str, list[tuple[str, Any]]]:
        """Return what prepares it (nothing where the driver does so itself), what runs it, and its values."""
        style = {"paramstyle": "numeric"} if postgresql else {}
        dialect = type(connection.dialect)(**style) if postgresql else connection.dialect
        compiled = self._select.compile(dialect=dialect)
        places = [(name, compiled.params[name]) for name in compiled.positiontup]
        if not postgresql:
            return "", str(compiled), places
        kinds = [_kind(compiled.binds[name].type, name) for name, _ in places]
        text = _numbered(str(compiled))
        slots = ", ".join(["%s"] * len(places))
        return f"PREPARE {self._name}({', '.join(kinds)}) AS {text}", f"EXECUTE {self._name}({slots})", places


def _fitting(value: Any) -> Any:
    """Return the value, or the integer nearest to it that a column can hold: an owner may type any number."""
    return max(-_LARGEST, min(value, _LARGEST)) if isinstance(value, int) else value


def _kind(declared: TypeEngine, name: str) -> str:
    """Return PostgreSQL's name for the type of a value."""
    if isinstance(declared, Integer):
        return "int"
    if isinstance(declared, String):
        return "text"
    raise TypeError(f"`{name}` has no type: PostgreSQL would take a number for a text, and sort 10 before 2")


def _numbered(text: str) -> str:
    """Return the statement with PostgreSQL's own marks, `$1` for `:1`; casts keep their colons."""
    return re.sub(r"(?<!:):(\d+)\b", r"$\1", text)
