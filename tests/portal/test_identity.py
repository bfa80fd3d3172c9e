import pytest

from portal.identity import COOKIE

CONVERSATIONS = "/api/conversations"
CURRENT = "/api/conversations/current"
MESSAGES = "/api/conversations/current/messages"


async def say(client, headers, text):
    return await client.post(MESSAGES, json={"text": text, "message_id": "m1"}, headers=headers)


async def test_the_cookie_is_enough_on_the_same_site(client):
    await client.post(CONVERSATIONS, json={})
    headers = {"Origin": "http://portail.test", "Sec-Fetch-Site": "same-origin"}
    assert (await say(client, headers, "bonjour")).status_code == 200

    answer = await client.delete(CURRENT, headers=headers)
    assert answer.status_code == 204
    assert COOKIE not in client.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://portail.test"},
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
    ],
)
async def test_another_site_cannot_use_the_cookie(client, bench, headers):
    await client.post(CONVERSATIONS, json={})

    for answer in (await say(client, headers, "bonjour"), await client.delete(CURRENT, headers=headers)):
        assert (answer.status_code, answer.json()["type"]) == (403, "/problemes/origine-refusee")
    assert bench.dialogue.said == []


async def test_a_bearer_token_counts_before_the_cookie(client):
    await client.post(CONVERSATIONS, json={})

    answer = await say(client, {"Authorization": "Bearer inconnu"}, "bonjour")
    assert answer.status_code == 401
