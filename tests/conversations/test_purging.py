from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from conversations import purge_lines
from conversations.__main__ import cli
from conversations.bootstrap import open_interests, open_log
from conversations.keeping import TRACES
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.models import metadata
from conversations.outbox import Mail, Outbox
from conversations.privacy_bootstrap import open_purge, open_reading_log
from conversations.privacy_models import ListReadRow
from conversations.reading_log import LIST
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from settings import Settings
from tests.conversations.test_interests import WISH
from tests.conversations.test_requests import NEW

DAY = timedelta(days=1)


@pytest.fixture
def log(engine, clock):
    return ConversationLog(engine, clock)


@pytest.fixture
def purge(engine, clock, tmp_path):
    settings = Settings(conversation_days=90, request_days=365, trace_days=400, var=tmp_path)
    return open_purge(engine, settings, clock)


def spoken(log):
    _, conversation = log.start()
    log.answer(log.receive(conversation, "m1", "un site à Quimper"), [{"text": "Voici."}], {})
    return conversation


def nothing(_conversation_id):
    return None


def line(report, kind):
    return next(each for each in report.lines if each.kind == kind)


def test_each_kind_goes_after_its_own_time_and_the_report_says_so(engine, log, purge, clock):
    transactions = Transactions(engine)
    outbox = Outbox(transactions, clock)
    old = spoken(log)
    RequestDesk(transactions, clock, outbox, load_letters(), posts=False).open(
        replace(NEW, conversation_id=old.id)
    )
    open_interests(engine, clock).register("over rest", WISH)
    with transactions.write() as session:
        outbox.put(session, Mail("anne@atelier.example", "Vos réponses", "Voilà."), "answers", old.id)
    open_reading_log(engine, clock).record_read("a1", "conversation", old.id, "relecture")
    clock.now += 60 * DAY
    young = spoken(log)
    clock.now += 31 * DAY

    report = purge.round(nothing)
    assert report.whole
    assert (line(report, "conversation").removed, line(report, "mail").removed) == (1, 1)
    assert line(report, "request").removed == line(report, "interest").removed == 0
    assert line(report, "conversation").oldest == log.by_id(young.id).last_seen_at
    assert (line(report, "conversation").days, line(report, "request").days) == (90, 365)

    clock.now += 275 * DAY
    report = purge.round(nothing)
    assert (line(report, "request").removed, line(report, "interest").removed) == (1, 1)
    assert line(report, "conversation").removed == 1
    assert line(report, "request").oldest is None
    assert line(report, "read").removed == 0, "traces are kept longer here"

    clock.now += 40 * DAY
    assert line(purge.round(nothing), "read").removed == 1


def test_reports_are_kept_the_latest_first(log, purge, clock):
    spoken(log)
    purge.round(nothing)
    clock.now += 91 * DAY
    made = purge.round(nothing)
    latest, earlier = purge.reports()
    assert latest == made
    assert (latest.removed("conversation"), earlier.removed("conversation")) == (1, 0)


def test_a_dry_run_counts_and_deletes_nothing(log, purge, clock):
    old = spoken(log)
    clock.now += 91 * DAY
    standing = {each.kind: each for each in purge.standing()}
    assert standing["conversation"].due == 1
    assert standing["conversation"].oldest == log.by_id(old.id).last_seen_at
    assert standing["request"].due == 0
    assert "conversation     90 days        1 to delete" in purge_lines.standing(purge.standing())
    assert len(log.transcript(old)) == 2
    assert purge.reports() == []


def test_what_stops_a_round_is_reported_too(log, purge, clock):
    first, second = spoken(log), spoken(log)
    clock.now += 91 * DAY

    def forget(conversation_id):
        if conversation_id == second.id:
            raise OSError("engine away")

    with pytest.raises(OSError, match="engine away"):
        purge.round(forget)
    (report,) = purge.reports()
    assert not report.whole
    assert line(report, "conversation").removed == 1
    assert line(report, "conversation").due == 1
    assert "stopped before its end" in purge_lines.report(report)
    assert log.traces(first) == 0
    assert log.traces(second) > 0
    assert purge.round(nothing).whole


def test_traces_go_after_their_own_time(engine, log, purge, clock):
    conversation = spoken(log)
    reads = open_reading_log(engine, clock)
    reads.record_read("a1", "conversation", conversation.id, "relecture")
    reads.record_list("a1", LIST, "", [conversation.id], "lecture")
    log.delete(conversation)
    purge.round(nothing)
    clock.now += 401 * DAY
    report = purge.round(nothing)
    assert {kind: line(report, kind).removed for kind in TRACES} == {
        "read": 2,
        "export": 0,
        "erasure": 1,
        "purge_report": 1,
    }
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ListReadRow.__table__)) == 0


def test_every_table_that_keeps_owners_words_is_emptied_by_age(engine, log, purge, clock):
    spoken(log)
    clock.now += 91 * DAY
    purge.round(nothing)
    with engine.connect() as connection:
        left = {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in metadata.tables.items()
        }
    assert {name: count for name, count in left.items() if count} in (
        {"purge_reports": 1},
        {"purge_reports": 1, "digest_fillings": 1},
    )


def test_the_command_says_what_would_go_then_deletes_and_reports(tmp_path, monkeypatch, clock):
    settings = Settings(var=tmp_path, conversation_days=90)
    monkeypatch.setattr("conversations.__main__.get_settings", lambda: settings)
    log = open_log(settings.sql_url("conversations"), clock)  # of long ago
    spoken(log)
    log.close()
    run = CliRunner()
    assert "no report yet" in run.invoke(cli, ["purge", "--reports", "3"]).output
    for _ in range(2):
        said = run.invoke(cli, ["purge", "--dry-run"]).output
        assert "conversation     90 days        1 to delete   oldest 2025-03-03" in said
    assert (
        "conversation     90 days        1 deleted        0 due   none left"
        in run.invoke(cli, ["purge"]).output
    )
    assert "1 deleted" in run.invoke(cli, ["purge", "--reports", "3"]).output
