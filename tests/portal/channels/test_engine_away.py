"""The dialogue engine down, slow or at a loss: owners are told, and answered later."""

import asyncio
import json
import time

import pytest

from portal.channels.worker import PATIENCE
from portal.rasa_client import DialogueUnavailable
from tests.portal.channels.line import WORDING, answer, wait_for
from tests.portal.channels.meta_calls import greeted, receive, said
from tests.portal.fakes import CONTACT

FINISTERE = {"level": "departement", "code": "29", "name": "Finistère"}
WAITING = WORDING.say("messages", "waiting")


@pytest.mark.parametrize("reason", ["unreachable", "actions", "timeout"])
async def test_an_owner_is_told_to_wait_and_answered_later(line, cloud, reason):
    await greeted(line, cloud)
    line.dialogue.broken = reason
    await receive(line, said("un site"))
    await line.work()
    (notice,) = cloud.texts
    assert notice.startswith(WAITING)
    assert CONTACT["phone"] in notice

    for _ in range(3):  # still away: nobody is told twice
        line.clock.advance(seconds=31)
        await line.work()
    assert len(cloud.posts) == 1

    line.dialogue.broken = None
    line.clock.advance(seconds=31)
    await line.work()
    assert line.dialogue.said[1:] == ["un site"]
    assert len(cloud.posts) == 2
    assert "Chambre d’essai" in cloud.texts[1]


async def test_what_is_written_meanwhile_waits_behind_it(line, cloud):
    await greeted(line, cloud)
    line.dialogue.broken = "unreachable"
    for number, text in enumerate(("un", "deux", "trois")):
        await receive(line, said(text, number, at=time.time() + number))
        await line.work()
    assert len(cloud.posts) == 1
    line.dialogue.broken = None
    line.clock.advance(seconds=31)
    await line.work()
    assert cloud.texts[1:] == [answer("un"), answer("deux"), answer("trois")]


async def test_who_writes_again_much_later_is_told_again(line, cloud):
    line.dialogue.broken = "unreachable"
    await receive(line, said("un"))
    await line.work()
    line.clock.advance(minutes=15)
    await receive(line, said("deux", 2))
    await line.work()
    assert len(cloud.posts) == 2


async def test_a_slow_engine_is_told_within_five_seconds(line, cloud):
    """The real loops and the real patience: from the provider's call to the notice on its way."""
    line = line.again(patience=PATIENCE)
    line.dialogue.gate = asyncio.Event()
    loops = asyncio.create_task(line.channels.for_ever())
    began = time.monotonic()
    await receive(line, said("un site"))
    await wait_for(lambda: cloud.posts)
    assert time.monotonic() - began < 5
    assert cloud.texts[0].startswith(WAITING)

    line.dialogue.gate.set()
    await wait_for(lambda: len(cloud.posts) == 3)
    loops.cancel()
    assert line.dialogue.said == ["un site"]


async def test_the_territory_that_is_known_gives_its_contacts(line, cloud):
    line.dialogue._messages = lambda text: [
        {"text": "Voici.", "custom": {"type": "contacts", "territory": FINISTERE}}
    ]
    await greeted(line, cloud)
    line.dialogue.broken = "unreachable"
    await receive(line, said("encore"))
    await line.work()
    assert line.rows("conversations")[0]["territory"] == json.dumps(FINISTERE)
    assert line.desk._fallback._knowledge.asked[-1].name == "Finistère"


async def test_a_message_that_the_engine_never_answers_does_not_hold_up_the_next(line, cloud):
    ask = line.dialogue.turn

    async def turn(sender, text, message_id):
        if text == "poison":
            raise DialogueUnavailable("malformed")
        return await ask(sender, text, message_id)

    line.dialogue.turn = turn
    await receive(line, said("poison"), said("un site", 2, at=time.time() + 5))
    for _ in range(8):
        await line.work()
        line.clock.advance(seconds=31)
    assert line.dialogue.said == ["un site"]
    assert WORDING.say("channels", "given_up") in cloud.texts
    assert line.states("inbound_events") == ["given up", "answered"]


async def test_a_fault_of_ours_is_tried_again(line, cloud):
    ask, faults = line.dialogue.turn, [ValueError("x")]

    async def turn(sender, text, message_id):
        if faults:
            raise faults.pop()
        return await ask(sender, text, message_id)

    line.dialogue.turn = turn
    await receive(line, said("un"))
    await line.work()
    line.clock.advance(seconds=31)
    await line.work()
    assert line.dialogue.said == ["un"]
