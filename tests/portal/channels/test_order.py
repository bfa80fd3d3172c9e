"""Repeats, order, and one worker a conversation."""

import asyncio
import time

from tests.portal.channels.line import answer, wait_for
from tests.portal.channels.meta_calls import receive, said


async def test_a_repeated_event_is_answered_once(line, cloud):
    first = said("un site")
    for _ in range(3):
        assert (await receive(line, first)).status_code == 200
    await line.work()
    await receive(line, first)
    await line.work()
    assert line.dialogue.said == ["un site"]
    assert len(cloud.posts) == 2


async def test_a_repeat_within_a_batch_is_answered_once(line):
    await receive(line, said("un"), said("un"), said("deux", 2))
    await line.work()
    assert line.dialogue.said == ["un", "deux"]


async def test_a_batch_is_answered_in_the_order_it_was_written_in(line, cloud):
    now = time.time()
    await receive(line, said("trois", 3, at=now), said("un", 1, at=now - 9), said("deux", 2, at=now - 5))
    await line.work()
    assert line.dialogue.said == ["un", "deux", "trois"]
    assert cloud.texts[1:] == [answer("un"), answer("deux"), answer("trois")]


async def test_calls_that_overtake_one_another_are_put_in_order(line):
    now = time.time()
    await receive(line, said("deux", 2, at=now))
    await receive(line, said("un", 1, at=now - 3))
    await line.work()
    assert line.dialogue.said == ["un", "deux"]


async def test_one_batch_for_two_owners_is_two_conversations(line, cloud):
    await receive(line, said("un", 1, "33600000001"), said("deux", 2, "33600000002"))
    await line.work()
    assert {(post["to"], post["text"]["body"]) for post in cloud.posts} >= {
        ("33600000001", answer("un")),
        ("33600000002", answer("deux")),
    }
    assert len(line.dialogue.senders) == 2


async def test_two_processes_never_answer_one_conversation_at_once(line):
    other = line.again()
    line.dialogue.gate = asyncio.Event()
    await receive(line, said("un"), said("deux", 2))
    working = asyncio.create_task(line.work())
    await wait_for(lambda: len(line.rows("turns")) == 1)
    await other.work()
    assert len(line.rows("turns")) == 1
    line.dialogue.gate.set()
    await working
    assert line.dialogue.said == ["un", "deux"]


async def test_many_calls_at_once_begin_one_conversation(line):
    await asyncio.gather(*(receive(line, said(str(number), number)) for number in range(20)))
    assert len(line.rows("conversations")) == 1
    await line.work()
    assert sorted(line.dialogue.said, key=int) == [str(number) for number in range(20)]


async def test_a_flood_waits_and_loses_nothing(line):
    await receive(line, *(said(str(number), number, at=number) for number in range(35)))
    await line.work()
    assert len(line.dialogue.said) == 30
    line.clock.advance(seconds=61)
    await line.work()
    assert line.dialogue.said == [str(number) for number in range(35)]
