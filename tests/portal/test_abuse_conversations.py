"""Somebody else's conversation: whatever is shown for its token, nothing of it is read, written, followed or erased."""

from datetime import timedelta

import httpx
import pytest

from conversations.bootstrap import utc_now
from conversations.holding import GRACE
from conversations.signing import FRESH, OwnerTokens
from portal.app import create_app
from portal.identity import COOKIE
from tests.portal.conftest import KEY

CONVERSATIONS = "/api/conversations"
CURRENT = "/api/conversations/current"
MESSAGES = "/api/conversations/current/messages"
SECRET = "zanzibarcanard"
SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def moved(bench):
    """What is added to the present moment for tokens and record."""
    moved = [timedelta()]

    def clock():
        return utc_now() + moved[0]

    bench.tokens = OwnerTokens([KEY], clock)
    bench.log._clock = clock
    return moved


@pytest.fixture
async def victim(moved, client):
    """The token of a conversation in which a secret was told."""
    token = (await client.post(CONVERSATIONS)).json()["token"]
    client.cookies.clear()
    await say(client, token, SECRET)
    return token


async def say(client, token, text, message_id="m1"):
    body = {"text": text, "message_id": message_id}
    return await client.post(MESSAGES, json=body, headers={"Authorization": f"Bearer {token}"})


async def attempts(client, token):
    """Try everything that a token opens, once as bearer and once as cookie."""
    for headers in (
        {"Authorization": f"Bearer {token}".encode()},
        {"Cookie": f"{COOKIE}={token}".encode(), **SITE},
    ):
        yield await client.get(MESSAGES, headers=headers)
        yield await client.get(f"{CURRENT}/events", headers=headers)
        yield await client.post(MESSAGES, json={"text": "intrus", "message_id": "x1"}, headers=headers)
        yield await client.put(f"{MESSAGES}/3/opinion", json={"thumb": "up"}, headers=headers)
        yield await client.get("/conversation/imprimer", headers=headers)
        yield await client.get("/conversation/agenda.ics", headers=headers)
        yield await client.get("/conversation", headers=headers)
        yield await client.post("/conversation/effacer", headers=headers)
        yield await client.delete(CURRENT, headers=headers)


async def assert_untouched(client, bench, victim):
    said = (await client.get(MESSAGES, headers={"Authorization": f"Bearer {victim}"})).json()
    assert [each["text"] for each in said["messages"] if each["from"] == "owner"] == [SECRET]
    assert said["opinions"] == {}
    assert bench.dialogue.forgotten == []


def forged(victim):
    """What somebody might make of what they know, without our key."""
    key, serial, given, signature = victim.split(".")
    other = OwnerTokens(["another key, long enough to be one"], utc_now)
    return [
        *("", "x", "null", "undefined", "0", "' OR 1=1 --", "../current", "*", "%00", "é" * 10),
        *(key, f"{key}.{serial}", f"{key}.{serial}.{given}", f"{key}.{serial}.{given}."),
        *(victim[:-4], victim[4:], victim.upper(), victim + "=", victim * 20),
        f"{key}.{int(serial) + 1}.{given}.{signature}",
        f"{'a' * 43}.{serial}.{given}.{signature}",
        other.give(key),
        other.give(key, 1),
    ]


async def test_a_forged_or_cut_token_opens_nothing(client, bench, victim):
    for token in forged(victim):
        async for answer in attempts(client, token):
            assert answer.status_code in (401, 404, 200)
            assert SECRET not in answer.text, token
            assert not (answer.status_code == 200 and answer.url.path.startswith("/api/")), token
    await assert_untouched(client, bench, victim)


async def test_another_owner_s_token_opens_the_other_conversation_only(client, bench, victim):
    other = (await client.post(CONVERSATIONS)).json()["token"]
    client.cookies.clear()
    for headers in ({"Authorization": f"Bearer {other}"}, {"Cookie": f"{COOKIE}={other}", **SITE}):
        for path in (MESSAGES, "/conversation", "/conversation/imprimer", "/conversation/agenda.ics"):
            assert SECRET not in (await client.get(path, headers=headers)).text
    # Numbers of messages count within a conversation.
    judged = {"thumb": "down", "reason": "unclear"}
    bearer = {"Authorization": f"Bearer {other}"}
    assert (await client.put(f"{MESSAGES}/3/opinion", json=judged, headers=bearer)).status_code == 404
    assert (await client.delete(CURRENT, headers=bearer)).status_code == 204
    assert len(bench.dialogue.forgotten) == 1
    bench.dialogue.forgotten.clear()
    await assert_untouched(client, bench, victim)


async def test_a_token_in_the_address_counts_for_nothing(client, bench, victim):
    for name in ("token", "access_token", "authorization", COOKIE):
        answer = await client.get(MESSAGES, params={name: victim})
        assert answer.status_code == 401
    await assert_untouched(client, bench, victim)


async def test_a_token_that_was_replaced_opens_nothing_any_more(moved, client, bench, victim):
    moved[0] = FRESH
    bearer = {"Authorization": f"Bearer {victim}"}
    fresh = (await client.get(MESSAGES, headers=bearer)).headers["Boussole-Token"]
    assert (await say(client, fresh, "me revoilà", "m2")).status_code == 200
    moved[0] += GRACE + timedelta(seconds=1)
    async for answer in attempts(client, victim):
        assert SECRET not in answer.text
    assert (await client.get(MESSAGES, headers={"Authorization": f"Bearer {fresh}"})).status_code == 200
    assert bench.dialogue.forgotten == []


async def test_the_token_of_an_erased_conversation_opens_nothing(client, bench, victim):
    await client.delete(CURRENT, headers={"Authorization": f"Bearer {victim}"})
    async for answer in attempts(client, victim):
        assert SECRET not in answer.text
        assert answer.status_code in (401, 404) or answer.url.path == "/conversation"


async def test_a_message_id_of_another_conversation_brings_no_answer_of_it(client, bench, victim):
    other = (await client.post(CONVERSATIONS)).json()["token"]
    client.cookies.clear()
    answer = await say(client, other, "bonjour", "m1")
    assert [each["text"] for each in answer.json()["messages"]] == ["Vous avez dit : bonjour"]
    assert SECRET not in answer.text
    await assert_untouched(client, bench, victim)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://attaque.example"},
        {"Origin": "null"},
        {"Origin": "http://portail.test.attaque.example"},
        {"Origin": "http://portail.test:81"},
        {"Origin": "file://"},
    ],
)
async def test_another_site_cannot_act_with_the_owner_s_cookie(client, bench, victim, headers):
    cookie = {"Cookie": f"{COOKIE}={victim}", **headers}
    form = {**cookie, "Content-Type": "application/x-www-form-urlencoded"}
    plain = {**cookie, "Content-Type": "text/plain"}
    body = {"text": "piège", "message_id": "x1"}
    for answer in (
        await client.post(MESSAGES, json=body, headers=cookie),
        await client.post(MESSAGES, content='{"text": "piège", "message_id": "x1"}', headers=plain),
        await client.put(f"{MESSAGES}/3/opinion", json={"thumb": "down"}, headers=cookie),
        await client.delete(CURRENT, headers=cookie),
        await client.post("/conversation/messages", content="text=pi%C3%A8ge", headers=form),
        await client.post("/conversation/effacer", headers=form),
    ):
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    await assert_untouched(client, bench, victim)


async def test_a_shared_site_gets_nothing_from_the_owner_s_cookie(bench, victim):
    bench.widget_sites = ("https://cma.exemple",)
    transport = httpx.ASGITransport(create_app(bench.services()))
    headers = {
        "Origin": "https://cma.exemple",
        "Sec-Fetch-Site": "cross-site",
        "Cookie": f"{COOKIE}={victim}",
    }
    async with httpx.AsyncClient(transport=transport, base_url="http://portail.test") as site:
        read = await site.get(MESSAGES, headers=headers)
        written = await site.post(MESSAGES, json={"text": "piège", "message_id": "x1"}, headers=headers)
        # Browsers give the answer to no page of that site: it does not say that cookies count.
        assert "access-control-allow-credentials" not in read.headers
        assert written.status_code == 403
        await assert_untouched(site, bench, victim)


async def test_an_owner_s_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = (await client.post(CONVERSATIONS)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "domain=" not in cookie
