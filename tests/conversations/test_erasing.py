"""An erasure over every table there is, those that are still to come included."""

from datetime import timedelta

import pytest
from sqlalchemy import JSON, Boolean, Column, Float, Integer, func, inspect, select
from sqlalchemy.types import TypeDecorator

from conversations.bootstrap import open_record, open_retention
from conversations.erasing_again import list_erasures
from conversations.erasures import CONVERSATION, digest_of
from conversations.log import ConversationLog
from conversations.models import ConversationRow, UtcDateTime, metadata
from conversations.passage_models import Stems
from conversations.privacy_bootstrap import open_reading_log
from settings import Settings

MARK = "sandrinelegoff"
# Ties of a row to the conversation that are no column of this name.
NAMING = "conversation_id"


def value(column: Column, conversation_id, parents, clock):
    """Return something to stand in a column: the mark wherever words may stand."""
    if column.name == NAMING:
        return conversation_id
    for key in column.foreign_keys:
        return parents[key.column.table.name][key.column.name]
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return clock.now
    if isinstance(kind, Stems):
        return [MARK]
    kind = kind.impl if isinstance(kind, TypeDecorator) else kind
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, (Integer, Float)):
        return None if column.primary_key and not column.foreign_keys and column.autoincrement is True else 1
    if isinstance(kind, JSON):
        return [MARK]
    return f"{MARK}{column.name}"[: getattr(kind, "length", None) or 60]


def fill(engine, conversation_id, clock):
    """Put a row that belongs to the conversation in every table that can hold one, and in those they refer to."""
    needed = {table for table in metadata.sorted_tables if NAMING in table.c}
    needed |= {key.column.table for table in needed for key in table.foreign_keys}
    parents = {"conversations": {"id": conversation_id}}
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table not in needed or table.name in ("conversations", *written(connection, conversation_id)):
                continue
            row = {column.name: value(column, conversation_id, parents, clock) for column in table.c}
            row = {name: given for name, given in row.items() if given is not None}
            if table.name == "review_candidates":
                row["decided_by"] = "another"  # two people, as the table asks
            made = connection.execute(table.insert().values(row)).inserted_primary_key
            parents[table.name] = row | dict(made._mapping)
    return sorted(table.name for table in needed if NAMING in table.c)


def written(connection, conversation_id):
    """Return the tables that opening a conversation fills by itself."""
    return [
        table.name
        for table in metadata.sorted_tables
        if NAMING in table.c
        and connection.scalar(
            select(func.count()).select_from(table).where(table.c[NAMING] == conversation_id)
        )
    ]


def left(engine, conversation_id):
    """Return the tables with a row of which any column names the conversation or holds the mark."""
    found = set()
    with engine.connect() as connection:
        for name in inspect(engine).get_table_names():
            rows = connection.exec_driver_sql(f"SELECT * FROM {name}").fetchall()
            said = " ".join(str(value) for row in rows for value in row)
            if conversation_id in said or MARK in said:
                found.add(name)
    return found


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


def test_nothing_of_a_conversation_is_left_in_any_table(engine, clock, log):
    _, conversation = log.start()
    filled = fill(engine, conversation.id, clock)
    assert len(filled) > 25
    open_reading_log(engine, clock).record_read("anne", CONVERSATION, conversation.id, "relecture")
    removed = log.delete(conversation)
    # What was made for several conversations stays without this one: an export, and the account that made it.
    assert left(engine, conversation.id) <= {"review_exports", "interest_groups"}
    assert removed.exports == (f"{MARK}id",)
    assert log.traces(conversation) == 0


def test_nothing_is_left_in_the_file_either(tmp_path, clock):
    file = tmp_path / "record.db"
    engine = open_record(f"sqlite:///{file}")
    log = ConversationLog(engine, clock)
    _, conversation = log.start()
    turn = log.receive(conversation, "m1", "je suis Sandrinelegoff, de la zorglubie")
    log.answer(turn, [{"text": "Voici pour la zorglubie."}], {})
    assert b"zorglubie" in contents(tmp_path)
    log.delete(conversation)
    assert b"zorglubi" not in contents(tmp_path).lower()
    assert MARK.encode() not in contents(tmp_path).lower()
    assert conversation.id.encode() not in contents(tmp_path)
    engine.dispose()


def contents(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.glob("record.db*")))


def test_what_goes_by_age_leaves_no_words_of_the_conversation(engine, clock, log, tmp_path):
    _, conversation = log.start()
    fill(engine, conversation.id, clock)
    retention = open_retention(engine, Settings(conversation_days=90, request_days=100, var=tmp_path), clock)
    clock.now += timedelta(days=101)
    for conversation_id in retention.due():
        retention.drop(conversation_id)
    retention.drop_requests()
    retention.drop_interests()
    retention.drop_mail()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ConversationRow)) == 0
        kept = {
            table.name
            for table in metadata.sorted_tables
            if NAMING in table.c
            and connection.scalar(select(func.count()).where(table.c[NAMING] == conversation.id))
        }
    assert kept <= {"review_export_lines"}, "which export held it, and no word of it"


def test_an_erasure_is_noted_by_its_digest_alone(engine, clock, log):
    _, conversation = log.start()
    log.delete(conversation)
    (noted,) = list_erasures(engine)
    assert (noted.digest, noted.what) == (digest_of(conversation.id), CONVERSATION)
    assert noted.to_line().split()[0] == noted.digest
    assert conversation.id not in noted.to_line()


def test_what_goes_by_age_is_no_erasure(engine, clock, log, tmp_path):
    log.start()
    clock.now += timedelta(days=91)
    retention = open_retention(engine, Settings(var=tmp_path), clock)
    assert [retention.drop(each) for each in retention.due()] == [True]
    assert list_erasures(engine) == []
