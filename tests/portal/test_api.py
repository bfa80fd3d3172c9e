import asyncio
import json

import pytest

from tests.portal.fakes import CONTACT, GREETING, contacts_message

CONVERSATIONS = "/api/conversations"
CURRENT = "/api/conversations/current"
MESSAGES = "/api/conversations/current/messages"


async def say(client, bearer, text, message_id="m1"):
    return await client.post(MESSAGES, json={"text": text, "message_id": message_id}, headers=bearer)


async def texts(client, bearer, **params):
    answer = await client.get(MESSAGES, headers=bearer, params=params)
    return [message["text"] for message in answer.json()["messages"]]


# --- opening ---


async def test_a_conversation_opens_with_the_greeting_and_a_cookie(client, bench):
    answer = await client.post(CONVERSATIONS, json={})

    assert answer.status_code == 201
    assert [message["text"] for message in answer.json()["messages"]] == [GREETING]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert answer.headers["cache-control"] == "no-store"
    ((sender, territory, need),) = bench.dialogue.opened
    assert (territory, need) == (None, None)
    assert sender not in answer.text


async def test_a_conversation_opens_without_a_body(client):
    assert (await client.post(CONVERSATIONS)).status_code == 201


@pytest.mark.parametrize("territory", ["29", "Finistère", {"level": "departement", "code": "29"}])
async def test_what_the_opening_page_knows_is_handed_on(client, bench, territory):
    await client.post(CONVERSATIONS, json={"territory": territory, "need": "website"})

    expected = {"level": "departement", "code": "29", "name": "Finistère"}
    assert bench.dialogue.opened[0][1:] == (expected, "website")


async def test_an_unknown_territory_is_said(client):
    answer = await client.post(CONVERSATIONS, json={"territory": {"level": "departement", "code": "00"}})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problemes/territoire-inconnu")


async def test_another_site_opens_a_conversation_but_leaves_no_cookie(client):
    headers = {"Origin": "https://ailleurs.example", "Sec-Fetch-Site": "cross-site"}
    answer = await client.post(CONVERSATIONS, json={}, headers=headers)

    assert answer.status_code == 201
    assert "set-cookie" not in answer.headers


# --- one turn ---


async def test_a_need_is_answered_with_text_buttons_and_card(client, bearer):
    answer = await say(client, bearer, "Je veux un site")

    (message,) = answer.json()["messages"]
    expected = contacts_message()
    assert answer.status_code == 200
    assert {name: message[name] for name in expected} == expected


async def test_the_same_message_id_changes_nothing(client, bearer, bench):
    first = await say(client, bearer, "bonjour")
    again = await say(client, bearer, "tout autre chose")

    assert again.json() == first.json()
    assert bench.dialogue.said == ["bonjour"]
    assert len(await texts(client, bearer)) == 3


async def test_the_same_message_twice_at_once_is_one_turn(client, bearer, bench):
    answers = await asyncio.gather(*(say(client, bearer, "bonjour") for _ in range(50)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert bench.dialogue.said == ["bonjour"]


async def test_turns_of_one_conversation_are_handled_in_order(client, bearer, bench):
    bench.dialogue.gate = asyncio.Event()
    waiting = []
    for number in range(4):
        waiting.append(asyncio.create_task(say(client, bearer, f"n° {number}", f"m{number}")))
        await asyncio.sleep(0)  # let it reach the queue before the next one
    bench.dialogue.gate.set()
    await asyncio.gather(*waiting)

    assert bench.dialogue.said == [f"n° {number}" for number in range(4)]
    owner = [text for text in await texts(client, bearer) if text.startswith("n°")]
    assert owner == bench.dialogue.said


async def test_conversations_do_not_wait_for_each_other(client, bench, bearer):
    other = (await client.post(CONVERSATIONS, json={})).json()["token"]
    client.cookies.clear()
    bench.dialogue.gate = asyncio.Event()
    waiting = asyncio.create_task(say(client, bearer, "lent"))
    answer = asyncio.create_task(say(client, {"Authorization": f"Bearer {other}"}, "rapide"))
    bench.dialogue.gate.set()

    assert (await answer).status_code == (await waiting).status_code == 200
    assert len(bench.dialogue.senders) == 2


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("", ""),
        ("   ", "   "),
        ("/restart", "/restart"),
        ('/need_website{"a": 1}', '/need_website{"a": 1}'),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("deux\r\nlignes", "deux\nlignes"),
        ("e\u0301tude", "étude"),
        ("seul \ud83d fin", "seul  fin"),
        ("fin\u202eegami", "finegami"),
        ("🧵👩\u200d🍳", "🧵👩\u200d🍳"),
    ],
)
async def test_what_the_engine_reads_of_a_text(client, bearer, bench, raw, read):
    body = '{"text": ' + json.dumps(raw) + ', "message_id": "m1"}'
    answer = await client.post(MESSAGES, content=body, headers={**bearer, "Content-Type": "application/json"})

    assert answer.status_code == 200
    assert bench.dialogue.said == [read]


async def test_a_long_text_is_cut_and_the_owner_is_told_first(client, bearer, bench):
    answer = await say(client, bearer, "x" * 1001)

    notice, reply = answer.json()["messages"]
    assert "1\u202f000 premiers caractères" in notice["text"]
    assert reply["text"].startswith("Vous avez dit")
    assert bench.dialogue.said == ["x" * 1000]
    assert (await texts(client, bearer))[1] == "x" * 1000


async def test_a_text_of_just_the_limit_is_not_cut(client, bearer):
    assert len((await say(client, bearer, "x" * 1000 + "  ")).json()["messages"]) == 1


# --- when the engine fails ---


async def test_an_owner_is_told_in_french_when_the_engine_fails(client, bearer, bench):
    bench.dialogue.broken = "timeout"
    answer = await say(client, bearer, "bonjour")

    (message,) = answer.json()["messages"]
    assert (answer.status_code, answer.json()["state"]) == (200, "failed")
    assert message["text"].startswith("L’assistant ne peut pas répondre pour le moment.")
    assert CONTACT["phone"] in message["text"]
    assert message["custom"]["items"][0] == CONTACT
    assert bench.knowledge.asked == [None]


async def test_the_contacts_shown_then_are_those_of_the_territory(client, bearer, bench):
    await say(client, bearer, "un site", "m1")
    bench.dialogue.broken = "unreachable"
    await say(client, bearer, "bonjour", "m2")

    assert [place.code for place in bench.knowledge.asked] == ["29"]


async def test_without_general_contacts_the_message_stands_alone(client, bearer, bench):
    bench.dialogue.broken, bench.knowledge.empty = "timeout", True
    (message,) = (await say(client, bearer, "bonjour")).json()["messages"]

    assert message["text"].endswith("le renvoyer.")
    assert message["custom"] is None


async def test_a_failed_message_sent_again_is_tried_again(client, bearer, bench):
    bench.dialogue.broken = "timeout"
    await say(client, bearer, "bonjour")
    bench.dialogue.broken = None
    answer = await say(client, bearer, "bonjour")

    assert answer.json()["state"] == "answered"
    assert await texts(client, bearer) == [GREETING, "bonjour", "Vous avez dit : bonjour"]


async def test_a_conversation_opens_even_when_the_engine_fails(client, bench):
    bench.dialogue.broken = "unreachable"
    answer = await client.post(CONVERSATIONS, json={"territory": "29"})

    assert answer.status_code == 201
    assert "Vous pouvez écrire votre demande" in answer.json()["messages"][0]["text"]
    assert bench.knowledge.asked[0].code == "29"


# --- transcript ---


async def test_the_transcript_tells_who_said_what(client, bearer):
    await say(client, bearer, "un site")
    messages = (await client.get(MESSAGES, headers=bearer)).json()["messages"]

    assert [message["from"] for message in messages] == ["bot", "owner", "bot"]
    assert set(messages[0]) >= {"id", "from", "text", "buttons", "custom", "at", "message_id"}
    assert [message["message_id"] for message in messages] == [None, "m1", "m1"]


async def test_the_transcript_after_a_message(client, bearer):
    await say(client, bearer, "bonjour")

    assert await texts(client, bearer, after=2) == ["Vous avez dit : bonjour"]
    assert await texts(client, bearer, after=3) == []


# --- erasure ---


async def test_erasing_a_conversation_makes_everybody_forget_it(client, bearer, bench):
    await say(client, bearer, "bonjour")
    answer = await client.delete(CURRENT, headers=bearer)

    assert (answer.status_code, answer.content) == (204, b"")
    assert bench.dialogue.forgotten == list(bench.dialogue.senders)
    assert (await client.get(MESSAGES, headers=bearer)).status_code == 401
    assert (await client.delete(CURRENT, headers=bearer)).status_code == 401


async def test_an_erasure_the_engine_does_not_confirm_is_not_done(client, bearer, bench):
    # After a timeout nobody knows whether the engine has forgotten: no more is said than what is sure.
    bench.dialogue.broken = "timeout"
    answer = await client.delete(CURRENT, headers=bearer)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problemes/effacement-impossible")
    assert answer.json()["detail"] == "L’effacement n’est pas terminé. Réessayez."

    bench.dialogue.broken = None
    assert (await client.delete(CURRENT, headers=bearer)).status_code == 204


async def test_a_message_that_waits_behind_an_erasure_is_refused(client, bearer, bench):
    bench.dialogue.gate = asyncio.Event()
    first = asyncio.create_task(say(client, bearer, "bonjour", "m1"))
    await asyncio.sleep(0)
    erasure = asyncio.create_task(client.delete(CURRENT, headers=bearer))
    await asyncio.sleep(0)
    late = asyncio.create_task(say(client, bearer, "encore", "m2"))
    bench.dialogue.gate.set()

    assert [(await call).status_code for call in (first, erasure, late)] == [200, 204, 401]


# --- limits ---


async def test_a_conversation_that_sends_too_much_waits(client, bearer, bench):
    for number in range(30):
        assert (await say(client, bearer, "encore", f"m{number}")).status_code == 200
        bench.clock.now += 1
    refused = await say(client, bearer, "encore", "m30")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
    assert refused.json()["type"] == "/problemes/trop-de-messages"

    assert (await say(client, bearer, "encore", "m29")).status_code == 200  # a retry is no new message
    bench.clock.now += 30
    assert (await say(client, bearer, "encore", "m30")).status_code == 200
