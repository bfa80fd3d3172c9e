"""Received, stored, acknowledged, answered, delivered: nothing is lost or doubled, whatever stops."""

import asyncio

import httpx

from tests.portal.channels.line import wait_for
from tests.portal.channels.meta_calls import greeted, receive, report, said

# --- a process stops ---


async def test_what_was_acknowledged_is_answered_by_the_next_process(line, cloud):
    await receive(line, said("un site"))
    await line.again().work()
    assert line.dialogue.said == ["un site"]
    assert len(cloud.posts) == 2


async def test_a_process_that_stops_in_a_turn_leaves_it_to_the_next(line, cloud):
    line.dialogue.gate = asyncio.Event()
    loops = asyncio.create_task(line.channels.for_ever())
    await receive(line, said("un site"))
    await wait_for(lambda: line.states("inbound_events") == ["asking"])
    loops.cancel()
    await asyncio.gather(loops, return_exceptions=True)

    line.dialogue.gate = None
    await line.again().work()
    assert line.dialogue.said == ["un site"]
    assert len(cloud.posts) == 2


async def test_a_process_that_is_killed_in_a_turn_leaves_it_to_the_next_start(line, cloud):
    await receive(line, said("un site"))
    caller = line.inbox.claim(["whatsapp"])
    line.inbox.next(caller)
    other = line.again()
    await other.work()
    assert line.dialogue.said == []  # somebody else has it, as far as anybody knows

    loops = asyncio.create_task(other.channels.for_ever())
    await wait_for(lambda: len(cloud.posts) == 2)
    loops.cancel()


async def test_a_lease_ends_where_nobody_takes_it_back(line):
    await receive(line, said("un site"))
    line.inbox.claim(["whatsapp"])
    line.clock.advance(seconds=61)
    await line.again().work()
    assert line.dialogue.said == ["un site"]


async def test_what_was_answered_and_not_yet_written_out_is_not_asked_twice(line, cloud):
    """Killed between the engine's answer and ours: the turn is there, nothing goes out yet."""
    await receive(line, said("un site"))
    caller = line.inbox.claim(["whatsapp"])
    event = line.inbox.next(caller)
    await line.desk.hear(caller.conversation_id, event.provider_id, event.text)
    line.clock.advance(seconds=61)
    await line.again().work()
    assert line.dialogue.said == ["un site"]
    assert len(cloud.posts) == 2


async def test_what_was_written_out_is_sent_by_the_next_process(line, cloud):
    await receive(line, said("un site"))
    await line.channels.answering.until_idle()
    assert cloud.posts == []
    await line.again().work()
    assert len(cloud.posts) == 2


async def test_what_the_provider_took_from_a_killed_process_waits_for_its_report(line, cloud):
    """Killed between the provider's answer and ours: WhatsApp reports by our own name what it has."""
    await receive(line, said("un site"))
    await line.channels.answering.until_idle()
    taken = line.outgoing.claim(["whatsapp"])
    await line.channel.send("33600000001", taken.body, taken.name)
    other = line.again()
    await other.channels._recover()
    await other.channels.sending.until_idle()
    assert len(cloud.posts) == 1

    await report(other, "sent", cloud.posts[0])
    await other.channels.sending.until_idle()
    line.clock.advance(seconds=21)
    await other.channels.sending.until_idle()
    assert [post["biz_opaque_callback_data"] for post in cloud.posts].count(taken.name) == 1
    assert len(cloud.posts) == 2


async def test_without_a_report_it_is_sent_after_a_while(line, cloud):
    await receive(line, said("un site"))
    await line.channels.answering.until_idle()
    line.outgoing.claim(["whatsapp"])
    other = line.again()
    await other.channels._recover()
    line.clock.advance(seconds=21)
    await other.channels.sending.until_idle()
    assert len(cloud.posts) == 2


# --- the provider is away ---


async def test_what_the_provider_does_not_take_is_tried_again_in_order(line, cloud):
    await greeted(line, cloud)
    cloud.script += [httpx.ConnectError("x"), (503, {}), (429, {}, {"Retry-After": "120"})]
    line.dialogue._messages = lambda text: [{"text": "un"}, {"text": "deux"}]
    await receive(line, said("un site"))
    await line.work()
    row = line.rows("outgoing_messages")[2]
    assert (row["state"], row["attempts"], row["error"]) == ("due", 1, "ConnectError")
    line.clock.advance(seconds=1)
    await line.work()
    line.clock.advance(seconds=2)
    await line.work()
    line.clock.advance(seconds=100)  # the provider has asked for more
    await line.work()
    assert cloud.posts == []
    line.clock.advance(seconds=30)
    await line.work()
    assert cloud.texts == ["un", "deux"]
    assert line.states("outgoing_messages")[2:] == ["sent", "sent"]


async def test_pauses_grow(line, cloud):
    await receive(line, said("bonjour"))
    await line.channels.answering.until_idle()
    pauses = []
    for _ in range(6):
        cloud.script.append((503, {}))
        before = line.clock()
        await line.channels.sending.until_idle()
        row = line.rows("outgoing_messages")[0]
        due = line.clock().fromisoformat(row["next_at"]).replace(tzinfo=before.tzinfo)
        pauses.append((due - before).total_seconds())
        line.clock.advance(seconds=pauses[-1] + 1)
    assert all(0.5 * 2**n <= pause <= 2**n + 1 for n, pause in enumerate(pauses))


async def test_what_cannot_be_sent_for_hours_is_given_up_with_its_reason(line, cloud):
    await receive(line, said("bonjour"))
    await line.channels.answering.until_idle()
    cloud.script += [(503, {}), (503, {})]
    line.clock.advance(hours=7)
    await line.channels.sending.until_idle()
    assert line.states("outgoing_messages") == ["failed", "failed"]
    trouble = line.outgoing.troubles()[0]
    assert (trouble.channel, trouble.error) == ("whatsapp", "HTTP 503, code None")


async def test_what_goes_wrong_with_one_owner_holds_up_nobody_else(line, cloud):
    await receive(line, said("un", 1, "33600000001"))
    await line.channels.answering.until_idle()
    cloud.script.append((429, {}, {"Retry-After": "600"}))
    await line.channels.sending.until_idle()
    await receive(line, said("deux", 2, "33600000002"))
    await line.work()
    assert {post["to"] for post in cloud.posts} == {"33600000002"}


async def test_words_are_wiped_once_they_have_left(line, cloud):
    await receive(line, said("un site"))
    await line.work()
    assert {row["text"] for row in line.rows("inbound_events")} == {""}
    assert {row["body"] for row in line.rows("outgoing_messages")} == {None}


async def test_every_step_leaves_its_moment(line, cloud):
    await receive(line, said("un site"))
    await line.work()
    (event,) = line.rows("inbound_events")
    assert event["received_at"] <= event["acknowledged_at"] <= event["finished_at"]
    for message in line.rows("outgoing_messages"):
        assert event["finished_at"] <= message["created_at"] <= message["sent_at"]


async def test_the_record_away_is_an_error_that_makes_the_provider_repeat(line, monkeypatch):
    def away(*_):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(line.channels.intake._inbox, "receive", away)
    assert (await receive(line, said("un site"))).status_code == 500


async def test_counters_say_what_happened(line, cloud):
    await receive(line, said("un"), said("un"))
    await line.work()
    page = line.metrics.page().decode()
    assert 'boussole_channel_events_total{channel="whatsapp",outcome="taken"} 1.0' in page
    assert 'boussole_channel_events_total{channel="whatsapp",outcome="repeated"} 1.0' in page
    assert 'boussole_channel_messages_total{channel="whatsapp",outcome="sent"} 2.0' in page
