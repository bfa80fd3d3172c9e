"""Brings the tables of the store to their present form."""

from pathlib import Path

from sqlalchemy.engine import Engine

from knowledge.models import Base
from migrating.chain import HEAD, Chain

VERSION = "knowledge_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def ours(_item, name: str | None, kind: str, _reflected: bool, _compared) -> bool:
    """Say whether a table is the knowledge base's; PostgreSQL may hold the record's and rasa's beside."""
    return kind != "table" or bool(name and name.startswith("knowledge_") and name != VERSION)


CHAIN = Chain("knowledge base", MIGRATIONS, VERSION, Base.metadata, ours)


def migrate(engine: Engine, revision: str = HEAD) -> None:
    """Bring the store behind `engine` to `revision`, in one transaction; does nothing where it is there."""
    with engine.begin() as connection:
        CHAIN.upgrade(connection, revision)
