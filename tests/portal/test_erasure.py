"""« Tout effacer », written in the conversation: over the real record and a dialogue known in advance."""

from dataclasses import replace

import pytest

from conversations.bootstrap import open_answer_post, open_interests, open_record, open_requests
from portal.identity import COOKIE
from tests.actions.conftest import Post
from tests.conversations.test_interests import WISH
from tests.conversations.test_requests import NEW
from tests.portal.test_api import CONVERSATIONS, MESSAGES, say

ORDER = "Tout effacer"
PRIVATE = "Je vends des savons à Quimper"


@pytest.fixture
def record(tmp_path):
    """The same database as the portal's record, as the action server has it open."""
    engine = open_record(f"sqlite:///{tmp_path / 'conversations.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
async def sender(client, bearer, bench):
    await say(client, bearer, PRIVATE, "m1")
    await say(client, bearer, "un site", "m2")
    return bench.dialogue.opened[0][0]


async def test_nothing_is_found_afterwards_in_any_table(client, bearer, bench, record, sender, tmp_path):
    open_requests(record, Post()).open(replace(NEW, conversation_id=sender))
    open_interests(record).register(sender, WISH)
    open_answer_post(record).send(sender, "anne@atelier.example")
    conversation = bench.log.by_id(sender)

    answer = await say(client, bearer, ORDER, "m3")

    (message,) = answer.json()["messages"]
    assert answer.status_code == 200
    assert message["custom"] | {"at": None} == {
        "type": "erased", "messages": 6, "requests": 1, "interests": 1, "left": 0, "at": None,
    }  # fmt: skip
    assert "6 messages" in message["text"]
    assert "1 demande de conseil" in message["text"]
    assert "heure de Paris" in message["text"]
    assert "n’a plus rien trouvé" in message["text"]
    assert "  " not in message["text"]
    assert bench.log.traces(conversation) == 0
    assert bench.dialogue.forgotten == [sender]
    for file in tmp_path.glob("conversations.db*"):
        content = file.read_bytes()
        assert PRIVATE.encode() not in content
        assert NEW.email.encode() not in content
        assert b"anne@atelier.example" not in content


async def test_the_token_opens_nothing_any_more(client, bearer, sender):
    await say(client, bearer, ORDER, "m3")
    for answer in (
        await client.get(MESSAGES, headers=bearer),
        await say(client, bearer, ORDER, "m3"),
        await client.get("/conversation/agenda.ics", headers=bearer),
    ):
        assert answer.json()["type"] == "/problemes/conversation-inconnue"


async def test_the_cookie_is_taken_back(client):
    await client.post(CONVERSATIONS, json={})
    assert client.cookies.get(COOKIE)
    answer = await client.post(MESSAGES, json={"text": ORDER, "message_id": "m1"})
    assert answer.json()["messages"][0]["custom"]["type"] == "erased"
    assert not client.cookies.get(COOKIE)


async def test_an_erasure_that_fails_is_said_and_can_be_asked_for_again(client, bearer, bench, sender):
    async def away(sender):
        bench.dialogue.broken = "unreachable"
        bench.dialogue._fail_if_broken()

    forget, bench.dialogue.forget = bench.dialogue.forget, away
    answer = (await say(client, bearer, ORDER, "m3")).json()
    assert answer["state"] == "failed"
    assert "pas pu tout effacer" in answer["messages"][0]["text"]
    assert len((await client.get(MESSAGES, headers=bearer)).json()["messages"]) == 7

    bench.dialogue.broken, bench.dialogue.forget = None, forget
    again = (await say(client, bearer, ORDER, "m3")).json()
    assert again["messages"][0]["custom"]["type"] == "erased"


async def test_others_keep_their_conversation(client, bearer, bench, sender):
    other = (await client.post(CONVERSATIONS, json={})).json()["token"]
    client.cookies.clear()
    await say(client, bearer, ORDER, "m3")
    found = await client.get(MESSAGES, headers={"Authorization": f"Bearer {other}"})
    assert len(found.json()["messages"]) == 1
