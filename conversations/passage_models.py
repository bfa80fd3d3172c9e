"""The table that is searched: the words of one turn, both sides, by stem.

SQLite looks them up by FTS5, PostgreSQL by a GIN index. Triggers keep either in step with the table, so that whatever
deletes a row also deletes what could be found of it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import DDL, BigInteger, Column, ForeignKey, Integer, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeDecorator

from conversations.models import mapper_registry

# A window is a run of numbers, 2 to the power of this. The latest is looked through first.
SMALL_WINDOW, LARGE_WINDOW = 15, 19


class Stems(TypeDecorator):
    """Stems in their order: text with spaces on SQLite, a vector on PostgreSQL. A stem is letters and figures only."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Return the type that the database has for this."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Any) -> str | None:
        """Return the stems as the database writes them."""
        if value is None:
            return None
        return vector(value) if dialect.name == "postgresql" else " ".join(value)


def vector(stems: Sequence[str]) -> str:
    """Return stems with their positions, as PostgreSQL writes a vector."""
    return " ".join(f"'{stem}':{number}" for number, stem in enumerate(stems, 1))


@mapper_registry.mapped
class PassageRow:
    """What can be found of one turn; later turns have higher numbers."""

    __tablename__ = "passages"

    id = Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    conversation_id = Column(ForeignKey("conversations.id"), nullable=False, index=True)
    turn_id = Column(ForeignKey("turns.id"), nullable=False, unique=True)
    words = Column(Stems, nullable=False)


def windows_function(small: int = SMALL_WINDOW, large: int = LARGE_WINDOW) -> str:
    """Return the statement that makes PostgreSQL's trigger function, for windows of these powers of two."""
    return (
        "CREATE OR REPLACE FUNCTION passage_windows() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
        "NEW.words := NEW.words || array_to_tsvector(ARRAY["
        f"'#s' || (NEW.id >> {small}), '#l' || (NEW.id >> {large})]); RETURN NEW; END $body$"
    )


_FTS5 = (
    "CREATE VIRTUAL TABLE passage_index USING fts5(words, content='passages', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN "
    "INSERT INTO passage_index(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER passage_deleted AFTER DELETE ON passages BEGIN "
    "INSERT INTO passage_index(passage_index, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER passage_changed AFTER UPDATE OF words ON passages BEGIN "
    "INSERT INTO passage_index(passage_index, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO passage_index(rowid, words) VALUES (new.id, new.words); END",
)
# A GIN index has no order. The windows of a passage stand among its words, so that the latest can be asked for alone;
# no word of an owner begins with the sign.
_GIN = (
    "CREATE INDEX ix_passages_words ON passages USING gin (words)",
    windows_function(),
    "CREATE TRIGGER passage_windows BEFORE INSERT OR UPDATE OF words ON passages "
    "FOR EACH ROW EXECUTE FUNCTION passage_windows()",
)
for _name, _statements in (("sqlite", _FTS5), ("postgresql", _GIN)):
    for _statement in _statements:
        event.listen(PassageRow.__table__, "after_create", DDL(_statement).execute_if(dialect=_name))
