"""What owners meet while an advisor has their conversation."""

import asyncio

import pytest

from conversations.errors import UnknownConversation
from conversations.handling_views import Advisor
from conversations.holds import IDLE, Holds
from portal.advisors import Advisors
from portal.identity import COOKIE
from portal.stream import EventStream
from tests.portal.conftest import nothing

ANNE = Advisor("anne", "Anne Kerbrat", "anne@cci.example", "cci-essai", "CCI d'essai")


@pytest.fixture
def desk(bench):
    return bench.services().desk


@pytest.fixture
async def opened(desk):
    token, _ = await desk.open("web", None, None)
    return token, await desk.by_token(token)


async def said(desk, opened):
    return [message.text for message in await desk.messages(opened[0])]


async def test_a_held_message_is_kept_and_reaches_no_assistant(bench, desk, opened):
    token, conversation = opened
    bench.holds.take(conversation.id, ANNE)
    bench.dialogue.broken = "unreachable"
    turn = await desk.say(token, "m1", "Êtes-vous là ?")
    again = await desk.say(token, "m1", "Êtes-vous là ?")
    assert (turn.state, bench.dialogue.said) == ("answered", [])
    assert "est transmis à Anne Kerbrat" in turn.messages[0].text
    assert again.messages == turn.messages
    assert (await desk.say(token, "m2", "Je patiente.")).messages == ()


async def test_the_assistant_answers_again_after_it_is_given_back(bench, desk, opened):
    token, conversation = opened
    bench.holds.take(conversation.id, ANNE)
    await desk.say(token, "m1", "bonjour Anne")
    bench.holds.say(conversation.id, ANNE, "Bonjour !")
    bench.holds.give_back(conversation.id, ANNE)
    turn = await desk.say(token, "m2", "merci")
    assert [message.text for message in turn.messages] == ["Vous avez dit : merci"]
    assert bench.dialogue.said == ["merci"], "what the advisor answered is not told to the assistant"


async def test_what_nobody_answered_is_answered_by_the_assistant_when_the_advisor_goes(bench, desk, opened):
    token, conversation = opened
    bench.holds.take(conversation.id, ANNE)
    await desk.say(token, "m1", "quelles aides ?")
    bench.holds.give_back(conversation.id, ANNE)
    turn = await desk.say(token, "m2", "merci")
    assert bench.dialogue.said == ["quelles aides ?", "merci"]
    assert turn.messages[-1].text == "Vous avez dit : merci"
    assert "Vous avez dit : quelles aides ?" not in await said(desk, opened)  # the engine has a card for it


async def test_while_it_is_held_nothing_late_comes_in_between(bench, desk, opened):
    token, conversation = opened
    bench.dialogue.broken = "unreachable"
    waiting = await desk.say(token, "m1", "bonjour")
    bench.dialogue.broken = None
    bench.holds.take(conversation.id, ANNE)
    assert not await desk.answer_late("the lock of the conversation", waiting)
    assert bench.dialogue.said == []
    bench.holds.give_back(conversation.id, ANNE)
    assert await desk.say(token, "m2", "encore")
    assert bench.dialogue.said == ["bonjour", "encore"]


async def test_a_hold_that_nobody_keeps_ends_and_the_assistant_is_back(bench, desk, opened):
    token, conversation = opened
    bench.holds.take(conversation.id, ANNE)
    await desk.say(token, "m1", "allô")
    later = Holds(bench.holds._transactions, lambda: bench.holds._clock() + IDLE, bench.holds._letters)
    await Advisors(later, bench.post, desk.bell.ring, nothing).round()
    assert (await said(desk, opened))[-1].startswith("Anne Kerbrat n’a pas répondu")
    turn = await desk.say(token, "m2", "merci")
    assert turn.messages[-1].text == "Vous avez dit : merci"
    assert bench.dialogue.said == ["allô", "merci"]


@pytest.mark.parametrize("order", ["Supprimer mes données", "effacer MES  données"])
async def test_who_wants_everything_erased_gets_the_assistant(bench, desk, opened, order):
    token, conversation = opened
    bench.holds.take(conversation.id, ANNE)
    await desk.say(token, "m1", order)
    assert [" ".join(said.split()) for said in bench.dialogue.said] == [" ".join(order.split())]
    assert bench.holds.of(conversation.id) is None


async def test_erasing_during_a_hold_leaves_nothing(bench, desk, opened):
    token, conversation = opened
    bench.holds.take(conversation.id, ANNE)
    await desk.say(token, "m1", "allô")
    await desk.erase(token)
    assert bench.log.traces(conversation) == 0
    with pytest.raises(UnknownConversation):
        bench.holds.say(conversation.id, ANNE, "Bonjour")


async def test_what_another_process_writes_reaches_the_page_at_once(bench, desk, opened):
    token, conversation = opened
    services = bench.services()
    last = (await desk.messages(token))[-1].id
    events = EventStream(desk, conversation, services.metrics, heartbeat=30.0).events(last)
    waiting = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)
    bench.holds.take(conversation.id, ANNE)
    await Advisors(bench.holds, bench.post, desk.bell.ring, nothing).round()
    assert "vous répond ici" in await asyncio.wait_for(waiting, 5)
    await events.aclose()


async def test_plain_pages_name_the_advisor_and_escape_what_they_write(bench, client, token):
    client.cookies.set(COOKIE, token)
    conversation = await bench.services().desk.by_token(token)
    bench.holds.take(conversation.id, ANNE)
    bench.holds.say(conversation.id, ANNE, "<script>alert(1)</script>")
    page = (await client.get("/conversation")).text
    assert "Anne Kerbrat, CCI d&#39;essai" in page
    assert "<script>alert(1)" not in page
