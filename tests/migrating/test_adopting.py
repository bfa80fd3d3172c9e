"""A database from before there were migrations keeps its rows and gets what it lacks."""

from unittest.mock import ANY

import pytest
from sqlalchemy import inspect, text

from console.accounts.migrating import ACCOUNTS
from conversations.bootstrap import open_digests, open_searching
from conversations.filters import Filters
from conversations.migrating import RECORD, bring_up_to_date, form_of
from tests.migrating.forms import differences, make_as_before

AT = "2026-11-01 09:00:00"
ROWS = (
    "INSERT INTO conversations (id, token_hash, channel, created_at, last_seen_at, last_position) "
    f"VALUES ('c', 'h', 'web', '{AT}', '{AT}', 1)",
    "INSERT INTO turns (id, conversation_id, message_id, text, position, state, attempts, received_at) "
    f"VALUES ('t', 'c', 'm', 'un site pour ma crêperie', 1, 'answered', 1, '{AT}')",
    "INSERT INTO bot_messages (conversation_id, position, turn_id, text, at) "
    f"VALUES ('c', 2, 't', 'Voici.', '{AT}')",
    "INSERT INTO review_candidates (id, text, folded, label, needs, entities, state, proposed_by, proposed_name, "
    f"proposed_at) VALUES ('r', 'un site', 'un site', 'ask', '[]', '[]', 'new', 'a', 'Anne', '{AT}')",
    "INSERT INTO console_accounts (id, email, name, role, bodies, departments, regions, created_at) "
    f"VALUES ('a', 'anne@example.org', 'Anne', 'reviewer', '[]', '[]', '[]', '{AT}')",
)
# What earlier versions of the code of before had not made, or had made otherwise.
EARLIER = (
    "DROP TABLE statistics_months",
    "DROP TABLE console_provider_states",
    "DROP INDEX ix_requests_waiting",
    "DROP INDEX ix_reading_log_subject",
    "CREATE INDEX ix_reading_log_subject ON reading_log (what, subject_id)",
    "ALTER TABLE model_decisions DROP COLUMN outcome",
    "ALTER TABLE model_decisions DROP COLUMN failure",
)
OTHERS = (
    "CREATE TABLE events (id INTEGER PRIMARY KEY)",
    "INSERT INTO events VALUES (1)",
    "CREATE INDEX of_the_operator ON turns (failure)",
)
NARROWER = "ALTER TABLE conversation_digests ALTER COLUMN reviewer_id TYPE VARCHAR(32)"


def execute(engine, statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def count(engine, name):
    with engine.connect() as connection:
        return connection.scalar(text(f"SELECT COUNT(*) FROM {name}"))


def adopt(engine):
    for chain in (RECORD, ACCOUNTS):
        bring_up_to_date(engine, chain)


@pytest.fixture
def before(engine):
    make_as_before(engine)
    execute(engine, ROWS)
    return engine


def test_a_database_of_before_is_adopted_with_its_rows(before):
    names = ("conversations", "turns", "bot_messages", "review_candidates", "console_accounts")
    adopt(before)

    for chain in (RECORD, ACCOUNTS):
        assert form_of(before, chain) == chain.head
        assert differences(before, chain) == []
    assert [count(before, name) for name in names] == [1] * len(names)
    open_digests(before).fill()
    (hit,) = open_searching(before).page("creperies", Filters(), None).hits
    assert hit.digest.conversation_id == "c"


def test_what_it_lacks_is_added_and_what_is_not_ours_is_left_alone(before):
    execute(before, EARLIER + ((NARROWER,) if before.dialect.name == "postgresql" else ()))
    execute(before, OTHERS)
    adopt(before)

    assert [each for chain in (RECORD, ACCOUNTS) for each in differences(before, chain)] == [
        ("remove_index", ANY)
    ]
    indexes = {each["name"]: each["column_names"] for each in inspect(before).get_indexes("reading_log")}
    assert indexes["ix_reading_log_subject"] == ["subject_id", "what"]
    assert "of_the_operator" in {each["name"] for each in inspect(before).get_indexes("turns")}
    assert count(before, "events") == 1


def test_half_of_a_record_is_completed(engine):
    execute(engine, ["CREATE TABLE digest_fillings (version INTEGER PRIMARY KEY, at TIMESTAMP NOT NULL)"])
    bring_up_to_date(engine)

    assert count(engine, "conversations") == 0
    assert form_of(engine) == RECORD.head
