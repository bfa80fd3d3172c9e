"""Gives the digests of an older record their facets, and takes away the indexes that these replace."""

from sqlalchemy import inspect
from sqlalchemy.engine import Connection, Engine

from conversations import store
from conversations.facet_triggers import DIGESTS, FILL, INDEXES, TABLES, statements

# One index for each filter, each written at each turn.
REPLACED = tuple(
    f"ix_digests_{name}"
    for name in (
        *("activity", "begun", "channel", "departement", "region", "review_state"),
        *("request_status", "reviewer_id", "doubtful", "failed", "thumb_down"),
    )
)
_KIND = {"postgresql": "TEXT[]", "sqlite": "TEXT"}


def bring_up(engine: Engine) -> bool:
    """Add the facets where they are missing; tell whether they were. A million conversations take some minutes.

    Raises SQLAlchemyError when the database refuses.
    """
    with store.writing(engine).begin() as connection:
        store.one_at_a_time(connection)
        if any(column["name"] == "facets" for column in inspect(connection).get_columns(DIGESTS)):
            return False
        _add(connection)
    return True


def _add(connection: Connection) -> None:
    dialect = connection.dialect.name
    changes = [f"DROP INDEX IF EXISTS {name}" for name in REPLACED]
    changes.append(f"ALTER TABLE {DIGESTS} ADD COLUMN facets {_KIND[dialect]}")
    changes += [each for table in TABLES for each in statements(dialect, table)]
    for change in (*changes, FILL, *INDEXES[dialect]):
        connection.exec_driver_sql(change)
