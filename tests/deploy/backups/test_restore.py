"""A whole backup and its restore, on both databases, with what was erased in between."""

import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text

from conversations.bootstrap import open_interests
from conversations.channel_models import OutgoingMessageRow
from conversations.erasing_again import list_erasures
from conversations.errors import UnknownConversation
from conversations.letters import load_letters
from conversations.log import ConversationLog
from conversations.outbox import Outbox
from conversations.requests import RequestDesk
from conversations.transactions import Transactions
from deploy.backups import archive, commands
from deploy.backups.erasure_list import NAME, read_list
from deploy.backups.errors import (
    AlteredBackup,
    DamagedStore,
    StillRunning,
    StoresPresent,
    TruncatedBackup,
    WrongDatabase,
    WrongKey,
)
from deploy.backups.keys import FILE, Keyring, open_keyring
from deploy.backups.restoring import restore
from deploy.backups.stores import open_stores
from tests.conversations.test_interests import WISH
from tests.conversations.test_requests import NEW
from tests.conversations.test_strangers import trackers
from tests.deploy.backups.installation import made, put_back, record, spoken

DAY = timedelta(days=1)


async def test_what_was_erased_since_does_not_come_back(settings, tmp_path, clock):
    (settings.var / "models").mkdir(parents=True)
    (settings.var / "secret").write_text("the shared secret")
    (settings.var / "models" / "promoted").write_text('{"model": "one"}')
    with record(settings) as engine:
        log, interests = ConversationLog(engine, clock), open_interests(engine, clock)
        kept, erased = spoken(log, "un site à Quimper"), spoken(log, "je suis Sandrine Le Goff")
        transactions = Transactions(engine)
        desk = RequestDesk(transactions, clock, Outbox(transactions, clock), load_letters(), posts=False)
        request = desk.open(replace(NEW, conversation_id=erased.id))
        interests.register(kept.id, WISH)
        with transactions.write() as session:
            session.add(OutgoingMessageRow(
                conversation_id=kept.id, channel="sms", name="n", body={"text": "Voici."}, state="due",
                next_at=clock(), created_at=clock(),
            ))  # fmt: skip
    heard = trackers(settings.sql_url("tracker"))
    await heard(erased.id, datetime.now(timezone.utc))
    await heard(kept.id, datetime.now(timezone.utc))

    file = made(settings, tmp_path / "backups")
    assert b"Sandrine" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0

    with record(settings) as engine:
        log = ConversationLog(engine, clock)
        log.delete(erased)
        open_interests(engine, clock).withdraw(kept.id)
        later = spoken(log, "dit après la sauvegarde")
    (settings.var / "secret").write_text("another")

    done = put_back(file, settings)
    assert done.erased_again == 2, "the conversation with its request, and the interest"
    assert (settings.var / "secret").read_text() == "the shared secret"
    with record(settings) as engine:
        log = ConversationLog(engine, clock)
        assert [each.text for each in log.transcript(kept)] == ["un site à Quimper", "Voici."]
        assert log.traces(erased) == 0
        assert desk_of(engine, clock).by_reference(request.reference, NEW.email) is None
        assert open_interests(engine, clock).of(kept.id) is None
        with pytest.raises(UnknownConversation):
            log.by_id(later.id)
        with Transactions(engine).read() as session:
            assert session.get(OutgoingMessageRow, 1).state == "failed", "it has been sent since"
    assert senders(settings) == [kept.id]
    assert list(settings.var.glob("backup-*")) == [], "no readable copy is left"


def desk_of(engine, clock):
    transactions = Transactions(engine)
    return RequestDesk(transactions, clock, Outbox(transactions, clock), load_letters(), posts=False)


def senders(settings):
    engine = create_engine(settings.sql_url("tracker"), future=True)
    with engine.connect() as connection:
        found = sorted(connection.execute(text("SELECT DISTINCT sender_id FROM events")).scalars())
    engine.dispose()
    return found


def test_where_the_machine_is_lost_the_list_beside_the_backups_knows(settings, tmp_path, clock):
    backups = tmp_path / "backups"
    with record(settings) as engine:
        log = ConversationLog(engine, clock)
        erased, old = spoken(log, "à effacer"), spoken(log, "à garder")
    file = made(settings, backups)
    with record(settings) as engine:
        ConversationLog(engine, clock).delete(erased)
    commands.erasures(settings, backups)
    assert "à effacer" not in (backups / NAME).read_text()
    lose(settings)

    assert put_back(file, settings, replace=False).erased_again == 1
    with record(settings) as engine:
        assert ConversationLog(engine, clock).traces(erased) == 0
        assert ConversationLog(engine, clock).by_id(old.id)
        assert len(list_erasures(engine)) == 1, "the restored record knows it too, for the next backup"


def lose(settings):
    if not settings.database_url:
        (settings.var / "conversations.db").unlink()
        return
    engine = create_engine(str(settings.database_url), future=True)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def test_what_is_too_old_by_now_goes_at_once(sqlite_settings, tmp_path, clock):
    clock.now -= 100 * DAY
    with record(sqlite_settings) as engine:
        old = spoken(ConversationLog(engine, clock), "il y a longtemps")
    done = put_back(made(sqlite_settings, tmp_path / "backups"), sqlite_settings)
    assert done.purge.removed("conversation") == 1
    with record(sqlite_settings) as engine:
        assert ConversationLog(engine, clock).traces(old) == 0


def test_a_backup_is_one_moment_while_others_write(sqlite_settings, tmp_path, clock):
    with record(sqlite_settings) as engine:
        log = ConversationLog(engine, clock)
        conversation = spoken(log, "avant")
        with Transactions(engine).write() as session:
            session.execute(text("UPDATE turns SET text = 'pas encore dit'"))
            file = made(sqlite_settings, tmp_path / "backups")
    put_back(file, sqlite_settings)
    with record(sqlite_settings) as engine:
        assert ConversationLog(engine, clock).transcript(conversation)[0].text == "avant"


def test_nothing_is_touched_where_the_backup_is_no_good(sqlite_settings, tmp_path, clock):
    with record(sqlite_settings) as engine:
        conversation = spoken(ConversationLog(engine, clock), "ce qui est là")
    file = made(sqlite_settings, tmp_path / "backups")
    raw = file.read_bytes()
    for spoilt, why in (
        (raw[:-40], TruncatedBackup),
        (raw[:500] + b"x" + raw[501:], (AlteredBackup, WrongKey)),
    ):
        file.write_bytes(spoilt)
        with pytest.raises(why):
            put_back(file, sqlite_settings)
    file.write_bytes(raw)
    with pytest.raises(WrongKey):
        restore(file, sqlite_settings, open_stores(sqlite_settings), Keyring(FILE, b"x" * 32), clock, True)
    with pytest.raises(StoresPresent):
        put_back(file, sqlite_settings, replace=False)
    with record(sqlite_settings) as engine:
        assert ConversationLog(engine, clock).transcript(conversation)[0].text == "ce qui est là"


def test_nothing_may_run(sqlite_settings, tmp_path):
    with record(sqlite_settings):
        file = made(sqlite_settings, tmp_path / "backups")
    with socket.create_server(("127.0.0.1", sqlite_settings.portal_port)), pytest.raises(StillRunning):
        put_back(file, sqlite_settings)


def test_a_backup_of_the_other_database_is_refused(sqlite_settings, tmp_path):
    with record(sqlite_settings):
        file = made(sqlite_settings, tmp_path / "backups")
    other = sqlite_settings.copy(update={"database_url": "postgresql+psycopg2://nobody@127.0.0.1:1/none"})
    with pytest.raises(WrongDatabase, match="of sqlite, and the settings name postgresql"):
        put_back(file, other)


def test_a_damaged_store_is_not_backed_up(sqlite_settings, tmp_path):
    sqlite_settings.var.mkdir()
    (sqlite_settings.var / "knowledge.db").write_bytes(b"SQLite format 3\x00" + b"\x10" * 5000)
    with pytest.raises((DamagedStore, sqlite3.DatabaseError)):
        made(sqlite_settings, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == [], "no half backup"


def test_old_backups_go_and_other_files_stay(sqlite_settings, tmp_path, monkeypatch, capsys):
    backups = tmp_path / "backups"
    now = datetime.now(timezone.utc)
    with record(sqlite_settings):
        old = made(sqlite_settings, backups, now - 31 * DAY)
        young = made(sqlite_settings, backups, now - 29 * DAY)
    (backups / "boussole-notes.backup").write_text("somebody's own")
    commands.backup(sqlite_settings, backups)
    left = {each.name for each in backups.iterdir()}
    assert old.name not in left
    assert {young.name, "boussole-notes.backup", NAME} <= left
    assert len(archive.backups(backups)) == 2
    assert f"{old.name} deleted, older than 30 days" in capsys.readouterr().out


def test_old_erasures_leave_the_list(sqlite_settings, tmp_path, clock):
    clock.now -= 400 * DAY
    with record(sqlite_settings) as engine:
        log = ConversationLog(engine, clock)
        log.delete(spoken(log, "il y a longtemps"))
        clock.now += 399 * DAY
        log.delete(spoken(log, "hier"))
    commands.erasures(sqlite_settings, tmp_path / "backups")
    assert len(read_list(tmp_path / "backups")) == 1


def test_the_copies_are_whole(sqlite_settings, tmp_path):
    with record(sqlite_settings):
        file = made(sqlite_settings, tmp_path / "backups")
    folder = tmp_path / "open"
    folder.mkdir()
    said = archive.unpack(file, open_keyring(sqlite_settings), folder)
    assert said["stores"] == ["conversations.db"]
    with closing(sqlite3.connect(folder / "conversations.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
