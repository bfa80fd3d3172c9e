"""The first form of the record: what keeps the search in step with its table, made right after it."""

import sqlalchemy as sa

from conversations.migrations.baseline.ground import metadata

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
_GIN = (
    "CREATE INDEX ix_passages_words ON passages USING gin (words)",
    "CREATE OR REPLACE FUNCTION passage_windows() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
    "NEW.words := NEW.words || array_to_tsvector(ARRAY["
    "'#s' || (NEW.id >> 15), '#l' || (NEW.id >> 19)]); RETURN NEW; END $body$",
    "CREATE TRIGGER passage_windows BEFORE INSERT OR UPDATE OF words ON passages "
    "FOR EACH ROW EXECUTE FUNCTION passage_windows()",
)
GONE = {"sqlite": "DROP TABLE passage_index", "postgresql": "DROP FUNCTION passage_windows()"}

for _name, _statements in (("sqlite", _FTS5), ("postgresql", _GIN)):
    for _statement in _statements:
        made = sa.DDL(_statement).execute_if(dialect=_name)
        sa.event.listen(metadata.tables["passages"], "after_create", made)
