import asyncio

import pytest

from conversations.errors import UnknownConversation
from portal.rasa_client import Reply
from tests.portal.fakes import GREETING

FINISTERE = {"level": "departement", "code": "29", "name": "Finistère"}
BREST = {"level": "commune", "code": "29019", "name": "Brest"}
LOCATION = {
    "entity": "location",
    "value": "Brest",
    "additional_info": {"level": "commune", "code": "29019", "departement": "29", "region": "53"},
}


def reply(custom=None, **understood):
    return Reply(messages=[{"text": "Voici.", "custom": custom}], understood=understood)


@pytest.mark.parametrize(
    ("answer", "territory"),
    [
        (reply({"type": "contacts", "territory": BREST}), BREST),
        (reply({"type": "contacts", "territory": None}, entities=[LOCATION]), BREST),
        (reply(entities=[{"entity": "sector", "value": "10"}]), None),
        (reply(entities=[{"entity": "location", "value": "Brest", "additional_info": None}]), None),
        (reply({"territory": "29"}, entities=["?"]), None),
        (reply(), None),
    ],
)
def test_the_territory_a_turn_tells(answer, territory):
    assert answer.territory() == territory


# --- an opening that failed ---


@pytest.fixture
def desk(bench):
    return bench.services().desk


@pytest.fixture
async def late(bench, desk):
    """The token of a conversation that was opened while the engine was away."""
    bench.dialogue.broken = "unreachable"
    token, _ = await desk.open("web", FINISTERE, "website")
    bench.dialogue.broken = None
    return token


async def texts(desk, token):
    return [message["text"] for message in await desk.transcript(await desk.by_token(token), None)]


async def test_the_next_turn_tells_the_engine_what_the_opening_could_not(bench, desk, late):
    await desk.say(late, "m1", "bonjour")
    await desk.say(late, "m2", "encore")

    conversation = await desk.by_token(late)
    assert bench.dialogue.opened == [(conversation.id, FINISTERE, "website")]
    assert bench.dialogue.said == ["bonjour", "encore"]


async def test_what_a_broken_opening_left_is_forgotten_first(bench, desk, late):
    await desk.say(late, "m1", "bonjour")

    assert bench.dialogue.forgotten == [(await desk.by_token(late)).id]


async def test_the_late_greeting_is_left_out_and_the_notice_goes(desk, late):
    turn = await desk.say(late, "m1", "bonjour")

    assert [message.text for message in turn.messages] == ["Vous avez dit : bonjour"]
    assert await texts(desk, late) == ["bonjour", "Vous avez dit : bonjour"]


async def test_an_opening_that_fails_again_is_tried_at_each_turn(bench, desk, late):
    bench.dialogue.broken = "timeout"
    turn = await desk.say(late, "m1", "bonjour")
    assert (turn.state, turn.failure, bench.dialogue.opened) == ("failed", "timeout", [])

    bench.dialogue.broken = None
    assert (await desk.say(late, "m1", "bonjour")).state == "answered"
    assert [opened[1:] for opened in bench.dialogue.opened] == [(FINISTERE, "website")]


async def test_an_engine_that_refuses_the_opening_alone_still_answers(bench, desk, late):
    bench.dialogue.refuses = "actions"
    assert (await desk.say(late, "m1", "bonjour")).state == "answered"

    # What was answered since must not be forgotten for it.
    bench.dialogue.refuses = None
    forgotten = len(bench.dialogue.forgotten)
    await desk.say(late, "m2", "encore")
    assert (len(bench.dialogue.forgotten), bench.dialogue.opened) == (forgotten, [])


async def test_an_opening_that_went_well_is_not_repeated(bench, desk):
    token, turn = await desk.open("web", FINISTERE, None)
    await desk.say(token, "m1", "bonjour")

    assert [message.text for message in turn.messages] == [GREETING]
    assert (len(bench.dialogue.opened), bench.dialogue.forgotten) == (1, [])


# --- an erasure while a turn is under way ---


@pytest.mark.parametrize("broken", [None, "timeout"])
async def test_what_another_process_erased_meanwhile_stays_erased(bench, desk, broken):
    token, _ = await desk.open("web", FINISTERE, None)
    conversation = await desk.by_token(token)
    bench.dialogue.gate = asyncio.Event()
    waiting = asyncio.create_task(desk.say(token, "m1", "bonjour"))
    listener = desk.bell.listen(conversation.id)
    await listener.wait()  # the message is stored and the engine has it

    await bench.services().desk.erase(token)
    bench.dialogue.broken = broken
    bench.dialogue.gate.set()

    with pytest.raises(UnknownConversation):
        await waiting
    with pytest.raises(UnknownConversation):
        bench.log.by_id(conversation.id)


async def test_an_erasure_waits_for_the_turn_under_way(bench, desk):
    token, _ = await desk.open("web", FINISTERE, None)
    conversation = await desk.by_token(token)
    bench.dialogue.gate = asyncio.Event()
    listener = desk.bell.listen(conversation.id)
    turn = asyncio.create_task(desk.say(token, "m1", "bonjour"))
    await listener.wait()
    erasure = asyncio.create_task(desk.erase(token))
    await asyncio.sleep(0)
    assert bench.dialogue.forgotten == []

    bench.dialogue.gate.set()
    assert (await turn).state == "answered"
    await erasure
    assert bench.dialogue.forgotten == [conversation.id]
    with pytest.raises(UnknownConversation):
        bench.log.transcript(conversation)
