"""Statements that are asked again and again, made ready once.

SQLAlchemy writes them, once for a database; after that only their values travel. PostgreSQL keeps them prepared on
each connection, so that it does not read and plan a page of SQL at every look-up: that takes longer than the answer.
"""

import re
from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy.engine import Compiled, Connection
from sqlalchemy.sql import Select
from sqlalchemy.sql.type_api import TypeEngine

_POSTGRESQL = "postgresql"
_PLACE = re.compile(r"%\((\w+)\)s")
_LARGEST = 2**31 - 1


class Statement:
    """A SELECT under a name; its parameters are always the same."""

    def __init__(self, name: str, select: Select):
        self._name, self._select = name, select
        self._ready: dict[str, tuple[str, str, list[str]]] = {}

    def all(self, connection: Connection, values: dict[str, Any]) -> list[tuple]:
        """Return all rows for these values of its parameters."""
        dialect = connection.dialect.name
        if dialect not in self._ready:
            self._ready[dialect] = self._compiled(connection)
        prepare, execute, names = self._ready[dialect]
        if prepare and self._name not in connection.info:
            connection.exec_driver_sql(prepare)
            connection.info[self._name] = True  # thrown away with the connection
        given = tuple(_fitting(values[name]) for name in names)
        try:
            return _straight(connection, execute, given)
        except connection.dialect.dbapi.Error:  # the long way says in SQLAlchemy's terms what is wrong
            return [tuple(row) for row in connection.exec_driver_sql(execute, given)]

    def _compiled(self, connection: Connection) -> tuple[str, str, list[str]]:
        """Return what prepares it (nothing where the driver does so itself), what runs it, and its values' names.

        A number or a word that never changes is written out: a look-up has a hundred of them, and a server would
        read them again each time.
        """
        mark = "$" if connection.dialect.name == _POSTGRESQL else "?"
        dialect = type(connection.dialect)(paramstyle="pyformat")
        compiled = self._select.compile(dialect=dialect)
        names = list(dict.fromkeys(name for name in _PLACE.findall(str(compiled)) if _varies(compiled, name)))

        def written(found: re.Match) -> str:
            name = found[1]
            return f"{mark}{names.index(name) + 1}" if name in names else _constant(compiled.params[name])

        text = _PLACE.sub(written, str(compiled))
        if mark == "?":
            return "", text.replace("%%", "%"), names
        kinds = [_kind(compiled.binds[name].type, name) for name in names]
        declared, given = _listed(kinds), _listed(["%s"] * len(names))
        return f"PREPARE {self._name}{declared} AS {text}", f"EXECUTE {self._name}{given}", names


def _straight(connection: Connection, statement: str, given: tuple) -> list[tuple]:
    """Return the rows as the driver gives them: describing each result for SQLAlchemy takes a tenth of a look-up."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, given)
        return cursor.fetchall()
    finally:
        cursor.close()


def _listed(items: list[str]) -> str:
    """Return the items in brackets; PostgreSQL wants none around nothing."""
    return f"({', '.join(items)})" if items else ""


def _varies(compiled: Compiled, name: str) -> bool:
    """Say whether a value comes with each question: it was named in the statement, and has no value of its own."""
    return compiled.binds[name].required


def _constant(value: int | str) -> str:
    if isinstance(value, int):
        return str(int(value))
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"


def _fitting(value: Any) -> Any:
    """Return the value, or the integer nearest to it that a column can hold: an owner may type any number."""
    return int(max(-_LARGEST, min(value, _LARGEST))) if isinstance(value, int) else value


def _kind(declared: TypeEngine, name: str) -> str:
    """Return PostgreSQL's name for the type of a value."""
    if isinstance(declared, Integer):
        return "int"
    if isinstance(declared, String):
        return "text"
    raise TypeError(f"`{name}` has no type: PostgreSQL would take a number for a text, and sort 10 before 2")
