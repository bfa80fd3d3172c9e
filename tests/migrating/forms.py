"""What a database looks like, for comparing."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

BEFORE = Path(__file__).parent / "before"
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace",
}


def differences(engine, chain):
    """Return what Alembic would change to come from the database to the models."""
    with engine.connect() as connection:
        options = {"include_object": chain.ours, "version_table": chain.version_table}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, chain.metadata)


def shape(engine):
    """Return the columns and indexes of each table, and the triggers."""
    seen = inspect(engine)
    tables = {
        name: (
            sorted(each["name"] for each in seen.get_columns(name)),
            sorted((each["name"], tuple(each["column_names"])) for each in seen.get_indexes(name)),
        )
        for name in seen.get_table_names()
    }
    with engine.connect() as connection:
        return tables, sorted(connection.scalars(text(_TRIGGERS[engine.dialect.name])))


def make_as_before(engine):
    """Make the tables as the code did before there were migrations."""
    with engine.begin() as connection:
        for statement in (BEFORE / f"{engine.dialect.name}.sql").read_text(encoding="utf-8").split(";;\n"):
            connection.exec_driver_sql(statement)
