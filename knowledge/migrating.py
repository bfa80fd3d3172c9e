"""Brings the tables of the store to their present form, with Alembic."""

from pathlib import Path

from sqlalchemy.engine import Engine

VERSION = "knowledge_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def ours(_item, name: str | None, kind: str, _reflected: bool, _compared) -> bool:
    """Say whether a table is the knowledge base's; PostgreSQL may hold the record's and rasa's beside."""
    return kind != "table" or bool(name and name.startswith("knowledge_") and name != VERSION)


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the store behind `engine` to `revision`, in one transaction; does nothing where it is there."""
    # Read only where tables are made: 11 MB that no server has to hold.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
