"""The filled record is one that the services could have written: complete, with its keys, and found by its facets."""

import pytest
from sqlalchemy import inspect, text

from benchmarks.record_filling import TURNS, fill
from conversations.bootstrap import open_browsing, open_searching
from conversations.facet_triggers import FILL
from conversations.filters import Filters
from tests.databases import fresh_record

CONVERSATIONS = 60
KEPT = ("turns", "bot_messages", "passages", "conversation_digests", "request_routes")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    with fresh_record(request.param, tmp_path) as opened:
        yield opened


def keys(engine):
    """Return what holds a table together, by table."""
    seen = inspect(engine)
    return {
        table: (
            seen.get_pk_constraint(table),
            sorted(each["name"] for each in seen.get_indexes(table)),
            sorted(str(each["constrained_columns"]) for each in seen.get_foreign_keys(table)),
            sorted(str(each["column_names"]) for each in seen.get_unique_constraints(table)),
        )
        for table in KEPT
    }


def ask(engine, statement):
    with engine.connect() as connection:
        return connection.execute(text(statement)).all()


def test_every_turn_is_there_and_the_keys_are_as_they_were(engine):
    before = keys(engine)
    fill(engine.url.render_as_string(hide_password=False), CONVERSATIONS)
    for table in ("turns", "bot_messages", "passages"):
        assert ask(engine, f"SELECT count(*) FROM {table}") == [(CONVERSATIONS * TURNS,)]
    assert keys(engine) == before


def test_facets_are_those_that_the_triggers_make(engine):
    fill(engine.url.render_as_string(hide_password=False), CONVERSATIONS)
    wanted = "SELECT conversation_id, facets FROM conversation_digests ORDER BY conversation_id"
    filled = ask(engine, wanted)
    with engine.begin() as connection:
        connection.execute(text(FILL))
    assert ask(engine, wanted) == filled
    assert all(facets for _, facets in filled)


def test_lists_and_searches_find_what_was_filled(engine):
    fill(engine.url.render_as_string(hide_password=False), CONVERSATIONS)
    assert len(open_browsing(engine).page(Filters(review="new"), None).digests) > 20
    assert open_searching(engine).page("rare1", Filters(), None).hits
