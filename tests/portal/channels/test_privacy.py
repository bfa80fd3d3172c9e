"""Telephone numbers and words of owners on channels: sealed, erased with the conversation, in no log."""

import logging

import pytest

from conversations.bootstrap import open_retention
from conversations.log import ConversationLog
from portal.channels.addresses import AddressBook, UnreadableAddress
from settings import Settings
from tests.portal.channels.meta_calls import OWNER, receive, report, said
from tests.portal.channels.providers import graph_error

PRIVATE = "Je vends des savons à Quimper"
TABLES = ("conversations", "turns", "bot_messages", "correspondents", "inbound_events", "outgoing_messages")


@pytest.fixture
async def owner(line, cloud):
    await receive(line, said(PRIVATE))
    await line.work()
    await receive(line, said("un site", 2))
    await line.work()
    return line.rows("conversations")[0]["id"]


def content(folder):
    return b"".join(file.read_bytes() for file in folder.glob("conversations.db*"))


async def test_the_number_is_nowhere_in_the_clear(line, owner, tmp_path):
    assert PRIVATE.encode() in content(tmp_path)
    assert OWNER.encode() not in content(tmp_path)
    assert b"wamid" not in content(tmp_path)  # Meta's ids hold the number, encoded


async def test_erasing_is_asked_for_and_proved_as_on_the_page(line, cloud, owner, tmp_path):
    await receive(line, said("Tout effacer", 3))
    await line.work()
    assert "Votre conversation est effacée" in cloud.texts[-1]
    assert "n’a plus rien trouvé" in cloud.texts[-1]
    assert {table: line.rows(table) for table in TABLES} == {table: [] for table in TABLES}
    assert line.dialogue.forgotten == [owner]
    assert PRIVATE.encode() not in content(tmp_path)


async def test_a_repeat_after_an_erasure_begins_nothing(line, cloud, owner):
    await receive(line, said("Tout effacer", 3))
    await line.work()
    for number in (1, 2, 3):
        await receive(line, said("Tout effacer", number))
    await report(line, "read", {"biz_opaque_callback_data": None})
    assert line.rows("conversations") == []


async def test_who_writes_again_after_an_erasure_begins_anew(line, cloud, owner):
    await receive(line, said("Tout effacer", 3))
    await line.work()
    await receive(line, said("bonjour", 4))
    await line.work()
    assert cloud.texts[-1] == "Vous avez dit : bonjour"
    assert line.rows("conversations")[0]["id"] != owner


async def test_what_waited_behind_an_erasure_is_erased_too(line, cloud, owner):
    await receive(line, said("Tout effacer", 3, at=1), said("et ceci", 4, at=2))
    await line.work()
    assert line.rows("inbound_events") == []
    assert "et ceci" not in line.dialogue.said


async def test_the_proof_is_tried_more_than_once(line, cloud, owner, monkeypatch):
    monkeypatch.setattr("portal.channels.farewell.asyncio.sleep", _no_pause)
    cloud.script += [(503, {}), (503, {})]
    await receive(line, said("Tout effacer", 3))
    await line.work()
    assert "Votre conversation est effacée" in cloud.texts[-1]


async def test_a_proof_that_cannot_leave_stops_nothing(line, cloud, owner, caplog):
    cloud.script.append((400, graph_error(131026)))
    await receive(line, said("Tout effacer", 3))
    await line.work()
    assert line.rows("conversations") == []
    assert "did not take the proof" in caplog.text


async def test_an_erasure_that_the_engine_cannot_do_yet_is_done_later(line, cloud, owner):
    async def away(sender):
        line.dialogue.broken = "unreachable"
        line.dialogue._fail_if_broken()

    forget, line.dialogue.forget = line.dialogue.forget, away
    await receive(line, said("Tout effacer", 3))
    await line.work()
    assert len(line.rows("conversations")) == 1

    line.dialogue.broken, line.dialogue.forget = None, forget
    line.clock.advance(seconds=31)
    await line.work()
    assert "Votre conversation est effacée" in cloud.texts[-1]
    assert line.rows("conversations") == []


async def test_retention_takes_everything_and_forgets_repeats_later(line, owner, record):
    line.clock.advance(days=181)
    retention = open_retention(record, Settings(conversation_days=180), line.clock)
    assert retention.due() == [owner]
    assert retention.drop(owner)
    assert {table: line.rows(table) for table in TABLES} == {table: [] for table in TABLES}
    retention.forget_seen()
    assert line.rows("seen_events") == []


async def test_repeats_are_known_for_longer_than_providers_repeat(line, owner, record):
    line.clock.advance(days=7.5)
    open_retention(record, Settings(), line.clock).forget_seen()
    assert len(line.rows("seen_events")) == 2


async def test_no_log_holds_the_number_or_the_words(line, cloud, caplog):
    caplog.set_level(logging.DEBUG)
    cloud.script += [(400, graph_error(131026)), (503, graph_error(2))]
    line.dialogue.broken = "malformed"
    await receive(line, said(PRIVATE))
    for _ in range(8):
        await line.work()
        line.clock.advance(seconds=31)
    ours = "\n".join(
        each.getMessage() for each in caplog.records if each.name.startswith(("portal", "conversations"))
    )
    assert "will not arrive" in ours
    assert OWNER not in caplog.text
    assert PRIVATE not in caplog.text


async def _no_pause(seconds):
    return


def test_addresses_are_found_by_a_hash_that_needs_the_secret():
    one, other = AddressBook("un"), AddressBook("autre")
    assert one.digest("sms", OWNER) == AddressBook("un").digest("sms", OWNER)
    assert len({one.digest("sms", OWNER), other.digest("sms", OWNER), one.digest("whatsapp", OWNER)}) == 3
    assert one.unseal(one.seal(OWNER)) == OWNER
    with pytest.raises(UnreadableAddress):
        other.unseal(one.seal(OWNER))


async def test_with_another_secret_what_waits_fails_with_its_reason(line, cloud):
    await receive(line, said("bonjour"))
    await line.channels.answering.until_idle()
    line.engine.connect().exec_driver_sql("UPDATE correspondents SET sealed = 'gAAAAA'").connection.commit()
    await line.channels.sending.until_idle()
    assert "another secret" in line.outgoing.troubles()[0].error
    assert isinstance(line.log, ConversationLog)
