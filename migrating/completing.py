"""Adopts tables that were made before there were migrations: for first steps only."""

from typing import Any

from alembic import op
from alembic.autogenerate import produce_migrations
from alembic.operations import Operations
from alembic.operations.ops import AlterColumnOp, ModifyTableOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData


def complete(first_form: MetaData) -> None:
    """Give the database what it lacks of a frozen form: tables, columns, indexes, and the widths of columns.

    What it has beyond that, and every row, is left alone. An empty database gets everything.
    """
    connection = op.get_bind()
    first_form.create_all(connection)
    # SQLite keeps any width in any column, and changes none without writing the table anew.
    wide = connection.dialect.name != "sqlite"
    context = MigrationContext.configure(connection, opts={"include_object": _wanted, "compare_type": wide})
    operations = Operations(context)
    for table in produce_migrations(context, first_form).upgrade_ops.ops:
        for change in table.ops if isinstance(table, ModifyTableOps) else [table]:
            if wide or not isinstance(change, AlterColumnOp):
                operations.invoke(change)


def _wanted(_item: Any, _name: str | None, _kind: str, reflected: bool, compared: Any) -> bool:
    return not reflected or compared is not None
