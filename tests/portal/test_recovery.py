import asyncio

import pytest

from conversations.views import ANSWERED, FAILED
from portal.recovery import Recovery
from portal.turns import MOST_BEFORE


@pytest.fixture
def desk(bench):
    return bench.services().desk


@pytest.fixture
def recovery(bench, desk):
    return Recovery(bench.waiting, bench.dialogue, desk, pause=0.01)


@pytest.fixture
async def token(desk):
    return (await desk.open("web", None, None))[0]


async def told(desk, token):
    return [message["text"] for message in await desk.transcript(await desk.by_token(token), 1)]


async def later(bench, recovery):
    """Let the pause after a failure pass, and the engine be back."""
    bench.dialogue.broken = None
    await asyncio.sleep(1.1)
    return await recovery.round()


async def test_a_message_is_answered_when_the_engine_is_back(bench, desk, recovery, token):
    bench.dialogue.broken = "unreachable"
    turn = await desk.say(token, "m1", "mon four")
    assert turn.state == FAILED
    assert await recovery.round() == 0

    assert await later(bench, recovery) == 1
    owner, late, answer = await told(desk, token)
    assert owner == "mon four"
    assert "mon four" in late
    assert answer == "Vous avez dit : mon four"
    assert await recovery.round() == 0


async def test_the_notice_stays_until_there_is_an_answer(bench, desk, recovery, token):
    bench.dialogue.broken = "unreachable"
    turn = await desk.say(token, "m1", "mon four")
    with pytest.raises(Exception, match="unreachable"):
        await desk.answer_late("clé", turn)
    assert await told(desk, token) == ["mon four", turn.messages[0].text]


async def test_what_waits_is_answered_before_what_comes_after(bench, desk, token):
    bench.dialogue.broken = "unreachable"
    await desk.say(token, "m1", "mon four")
    await desk.say(token, "m2", "à Brest")
    bench.dialogue.broken = None
    turn = await desk.say(token, "m3", "merci")
    assert bench.dialogue.said == ["mon four", "à Brest", "merci"]
    assert [message.text for message in turn.messages] == ["Vous avez dit : merci"]


async def test_nothing_overtakes_what_the_engine_could_still_answer(bench, desk, token):
    """The action server comes back between the try of the earlier message and that of the later one."""
    bench.dialogue.broken = "away"
    await desk.say(token, "m1", "mon four")
    bench.dialogue.comes_back = True
    turn = await desk.say(token, "m2", "à Brest")
    assert (turn.state, turn.failure) == (FAILED, "away")
    await desk.say(token, "m3", "merci")
    assert bench.dialogue.said == ["mon four", "à Brest", "merci"]


async def test_what_failed_for_a_reason_of_its_own_holds_up_nobody(bench, desk, token):
    bench.dialogue.broken = "actions"
    await desk.say(token, "m1", "mon four")
    bench.dialogue.comes_back = True
    assert (await desk.say(token, "m2", "à Brest")).state == ANSWERED


async def test_more_than_can_be_answered_at_once_wait_in_order(bench, desk, recovery, token):
    bench.dialogue.broken = "unreachable"
    words = [f"message {number}" for number in range(MOST_BEFORE + 2)]
    for number, each in enumerate(words):
        await desk.say(token, f"m{number}", each)
    bench.dialogue.broken = None
    turn = await desk.say(token, "last", "merci")
    assert (turn.state, turn.failure) == (FAILED, "queue")
    assert bench.dialogue.said == words[:MOST_BEFORE]
    while len(bench.dialogue.said) < len(words) + 1:
        await recovery.round()
        await asyncio.sleep(0.05)
    assert bench.dialogue.said == [*words, "merci"]


async def test_no_try_is_made_without_the_action_server(bench, desk, token):
    bench.dialogue.broken = "unreachable"
    await desk.say(token, "m1", "mon four")

    async def away():
        return False

    waiting = Recovery(bench.waiting, bench.dialogue, desk, actions=away)
    assert await later(bench, waiting) == 0
    assert bench.dialogue.said == []


async def test_words_said_again_are_answered_once(bench, desk, recovery, token):
    bench.dialogue.broken = "unreachable"
    await desk.say(token, "m1", "mon four")
    bench.dialogue.broken = None
    await desk.say(token, "m2", "mon four")
    assert await later(bench, recovery) == 0
    assert bench.dialogue.said == ["mon four"]


async def test_a_message_sent_again_meanwhile_is_not_answered_twice(bench, desk, recovery, token):
    bench.dialogue.broken = "unreachable"
    await desk.say(token, "m1", "mon four")
    waiting = bench.waiting.now(await desk_turn(bench, desk, token))
    bench.dialogue.broken = None
    assert (await desk.say(token, "m1", "mon four")).state == ANSWERED
    assert await desk.answer_late("clé", waiting)
    assert bench.dialogue.said == ["mon four"]


async def test_who_erases_everything_gets_no_late_answer(bench, desk, recovery, token):
    bench.dialogue.broken = "unreachable"
    turn = await desk.say(token, "m1", "mon four")
    bench.dialogue.broken = None
    await desk.erase(token)
    assert not await desk.answer_late("clé", turn)
    assert await later(bench, recovery) == 0


async def test_rounds_go_on_for_ever(bench, desk, recovery, token):
    bench.dialogue.broken = "unreachable"
    await desk.say(token, "m1", "mon four")
    bench.dialogue.broken = None
    rounds = asyncio.create_task(recovery.for_ever())
    while not bench.dialogue.said:
        await asyncio.sleep(0.05)
    rounds.cancel()
    assert bench.dialogue.said == ["mon four"]


async def desk_turn(bench, desk, token):
    return bench.log.receive(await desk.by_token(token), "m1", "mon four")
