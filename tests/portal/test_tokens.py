"""Owners' tokens over HTTP: forged ones are refused at once, old ones are replaced."""

import asyncio
from datetime import datetime, timedelta, timezone
from http.cookies import SimpleCookie

import httpx
import pytest
from sqlalchemy import delete

from conversations.holding import GRACE
from conversations.models import TokenSerialRow
from conversations.signing import FRESH, OwnerTokens
from conversations.store import writing
from portal.identity import COOKIE, TOKEN_HEADER
from tests.portal.conftest import KEY

CONVERSATIONS = "/api/conversations"
CURRENT = "/api/conversations/current"
MESSAGES = "/api/conversations/current/messages"
SITE = {"Sec-Fetch-Site": "same-origin"}


class Clock:
    now = datetime(2025, 3, 3, 9, 0, tzinfo=timezone.utc)

    def __call__(self):
        return self.now


@pytest.fixture
def today(bench):
    """The clock of tokens and record."""
    clock = Clock()
    bench.tokens = OwnerTokens([KEY], clock)
    bench.log._clock = clock
    return clock


def held(token):
    return {"Authorization": f"Bearer {token}"}


async def say(client, message_id, **headers):
    body = {"text": "bonjour", "message_id": message_id}
    return await client.post(MESSAGES, json=body, headers=headers)


async def test_a_forged_token_is_refused_before_the_record_is_asked(bench, client):
    (await client.post(CONVERSATIONS)).json()
    client.cookies.clear()
    bench.log.by_token = None  # whoever asked it would fail otherwise
    forged = OwnerTokens(["another key, long enough to be one"], Clock()).give("a" * 43)
    for token in (forged, "a" * 43, "x", "é"):
        headers = {"Authorization": f"Bearer {token}".encode()}
        for answer in (
            await say(client, "m1", **headers),
            await client.get(MESSAGES, headers=headers),
            await client.get(f"{CURRENT}/events", headers=headers),
            await client.delete(CURRENT, headers=headers),
            await client.put(f"{MESSAGES}/1/opinion", json={"thumb": "up"}, headers=headers),
            await client.get("/conversation/agenda.ics", headers=headers),
        ):
            assert (answer.status_code, answer.json()["type"]) == (401, "/problemes/conversation-inconnue")


async def test_the_cookie_is_replaced_after_a_day(today, client):
    await client.post(CONVERSATIONS)
    first = client.cookies[COOKIE]
    today.now += FRESH - timedelta(seconds=1)
    assert "set-cookie" not in (await say(client, "m1", **SITE)).headers
    today.now += timedelta(seconds=1)
    answer = await say(client, "m2", **SITE)
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert TOKEN_HEADER not in answer.headers
    second = client.cookies[COOKIE]
    assert second != first
    client.cookies.clear()

    # Another tab may still be sending the first one.
    assert (await say(client, "m3", **held(second))).status_code == 200
    assert (await say(client, "m4", **held(first))).status_code == 200
    today.now += GRACE + timedelta(seconds=1)
    assert (await say(client, "m5", **held(first))).status_code == 401
    texts = (await client.get(MESSAGES, headers=held(second))).json()["messages"]
    assert [each["message_id"] for each in texts if each["from"] == "owner"] == ["m1", "m2", "m3", "m4"]


async def test_the_page_without_scripts_replaces_it_too(today, client):
    await client.post("/conversation/messages", data={"text": "bonjour"}, headers=SITE)
    first = client.cookies[COOKIE]
    today.now += FRESH
    await client.post("/conversation/messages", data={"text": "encore"}, headers=SITE)
    assert client.cookies[COOKIE] != first
    assert (await client.get("/conversation")).text.count("message-owner") == 2


async def test_who_holds_the_token_gets_a_new_one_in_a_header(today, client):
    token = (await client.post(CONVERSATIONS)).json()["token"]
    client.cookies.clear()
    assert TOKEN_HEADER not in (await client.get(MESSAGES, headers=held(token))).headers
    today.now += FRESH
    for answer in (await client.get(MESSAGES, headers=held(token)), await say(client, "m1", **held(token))):
        assert "set-cookie" not in answer.headers
        fresh = answer.headers[TOKEN_HEADER]
    assert (await client.get(MESSAGES, headers=held(fresh))).status_code == 200
    today.now += GRACE + timedelta(seconds=1)
    assert (await client.get(MESSAGES, headers=held(token))).status_code == 401
    assert (await client.delete(CURRENT, headers=held(fresh))).status_code == 204


async def test_a_message_sent_again_with_the_new_token_is_taken_once(today, client, bench):
    token = (await client.post(CONVERSATIONS)).json()["token"]
    client.cookies.clear()
    today.now += FRESH
    first = await say(client, "m1", **held(token))
    again = await say(client, "m1", **held(first.headers[TOKEN_HEADER]))
    assert again.json() == first.json()
    assert bench.dialogue.said == ["bonjour"]


async def test_a_refused_token_is_not_renewed(today, client):
    token = (await client.post(CONVERSATIONS)).json()["token"]
    client.cookies.clear()
    await client.delete(CURRENT, headers=held(token))
    today.now += FRESH
    answer = await client.get(MESSAGES, headers=held(token))
    assert answer.status_code == 401
    assert TOKEN_HEADER not in answer.headers


async def test_who_held_a_token_of_before_signatures_goes_on(today, bench, client):
    bench.tokens = OwnerTokens([KEY], today, unsigned=True)
    key, conversation = bench.log.start()
    with writing(bench.log._engine).begin() as connection:
        connection.execute(delete(TokenSerialRow))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(bench.app()), base_url="http://portail.test", cookies={COOKIE: key}
    ) as owner:
        today.now += timedelta(days=150)
        assert (await say(owner, "m1", **SITE)).status_code == 200
        assert owner.cookies.get(COOKIE, domain="portail.test") not in (None, key)
        owner.cookies.delete(COOKIE, domain="")
        assert (await say(owner, "m2", **SITE)).status_code == 200
    assert bench.dialogue.senders == {conversation.id}


async def test_two_tabs_that_renew_at_once_lose_nothing(today, client):
    """Both send the old token and both get a new one; whichever cookie is written last, each goes on with its own."""
    await client.post(CONVERSATIONS)
    first = client.cookies[COOKIE]
    client.cookies.clear()
    today.now += FRESH
    headers = SITE | {"Cookie": f"{COOKIE}={first}"}
    answers = await asyncio.gather(say(client, "m1", **headers), say(client, "m2", **headers))
    fresh = [SimpleCookie(each.headers["set-cookie"])[COOKIE].value for each in answers]
    client.cookies.clear()
    for number, token in enumerate([*fresh, first, *fresh]):
        assert (await say(client, f"again-{number}", **held(token))).status_code == 200
    today.now += GRACE + timedelta(seconds=1)
    for number, token in enumerate(fresh):
        assert (await say(client, f"later-{number}", **held(token))).status_code == 200


async def test_a_slow_answer_to_the_old_token_brings_no_token_that_is_over(today, client):
    await client.post(CONVERSATIONS)
    first = client.cookies[COOKIE]
    client.cookies.clear()
    today.now += FRESH
    quick = (await say(client, "m1", **held(first))).headers[TOKEN_HEADER]
    await say(client, "m2", **held(quick))
    today.now += GRACE - timedelta(seconds=1)
    slow = (await say(client, "m3", **held(first))).headers[TOKEN_HEADER]
    today.now += timedelta(days=3)
    for number, token in enumerate((slow, quick)):
        assert (await say(client, f"later-{number}", **held(token))).status_code == 200
