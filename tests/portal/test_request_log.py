"""What the portal's log says of a day's work: everything that was asked, and nothing that was said."""

import io
import json
import logging
import re

import httpx
import pytest

from edge.logs import configure
from edge.request_log import HEADER
from tests.portal.shipped import shipped_directory

WORD, MAIL, PHONE, SIRET = "zanzibarcanard", "anne@atelier-legall.example", "06 12 34 56 78", "73282932000074"
SAID = f"{WORD} {MAIL} {PHONE} {SIRET}"
CONVERSATIONS = "/api/conversations"
CURRENT = "/api/conversations/current"
MESSAGES = "/api/conversations/current/messages"
HTML = {"Accept": "text/html"}


@pytest.fixture
def log():
    """The text of the log; other handlers come back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure("portal", stream)
    yield stream
    root.handlers[:], root.level = before, level


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def requests(log):
    return [line for line in lines(log) if line["event"] == "request"]


async def test_a_request_is_one_line(log, client, bearer):
    answer = await client.post(MESSAGES, json={"text": "bonjour", "message_id": "m1"}, headers=bearer)
    opened, said = requests(log)
    assert (opened["method"], opened["route"], opened["status"]) == ("POST", CONVERSATIONS, 201)
    assert (said["method"], said["route"], said["status"]) == ("POST", MESSAGES, 200)
    assert said["request"] == answer.headers[HEADER] != opened["request"]
    assert 0 <= said["ms"] < 60_000
    assert said["channel"] == "web"
    assert said["conversation"] == opened["conversation"]
    assert set(said) == {
        *("event", "level", "logger", "process", "timestamp"),
        *("request", "method", "route", "status", "ms", "conversation", "channel"),
    }


async def test_a_stream_is_named_as_well(log, client, bearer):
    await client.head("/api/conversations/current/events", headers=bearer)
    assert requests(log)[-1]["route"] == "/api/conversations/current/events"


async def test_the_mark_of_a_conversation_leads_nowhere(log, client, bench, token, bearer):
    (sender, _, _), (line,) = bench.dialogue.opened[0], requests(log)
    assert re.fullmatch("[0-9a-f]{8}", line["conversation"])
    assert line["conversation"] not in sender + token


async def test_one_request_says_nothing_of_another(log, client, bearer):
    await client.get("/healthz")
    await client.get("/confidentialite")
    assert "conversation" not in requests(log)[-1]
    assert [line["route"] for line in requests(log)] == [CONVERSATIONS, "/confidentialite"]


@pytest.mark.parametrize(
    ("path", "route"),
    [
        (f"/annuaire/{WORD}", "/annuaire/{slug}"),
        (f"/annuaire?lieu={WORD}", "/annuaire"),
        (f"/{WORD}/{MAIL}", "unknown"),
        (f"/partage/retrait/{WORD}", "/partage/retrait/{interest_id}"),
        (f"/static/{WORD}/{WORD}.js", "/static"),
        (f"/webhooks/{WORD}?token={WORD}", "/webhooks/{name}"),
    ],
)
async def test_addresses_are_told_by_their_pattern(log, bench, path, route):
    bench.directory = shipped_directory()
    transport = httpx.ASGITransport(bench.app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://portail.test") as client:
        await client.get(path, headers={**HTML, "Referer": f"https://x.example/{WORD}", "User-Agent": WORD})
    assert requests(log)[-1]["route"] == route
    assert WORD not in log.getvalue()


async def say(client, headers, text=SAID, message_id="m1"):
    return await client.post(MESSAGES, json={"text": text, "message_id": message_id}, headers=headers)


def fails_with(text):
    async def fails(*_args):
        raise RuntimeError(text)

    return fails


async def test_nothing_that_was_said_is_in_the_log(log, client, bench, token, bearer, monkeypatch):
    await say(client, bearer)
    await client.get(MESSAGES, headers=bearer)
    await client.put(f"{MESSAGES}/3/opinion", json={"thumb": "down", "words": SAID}, headers=bearer)
    await client.put(f"{MESSAGES}/{WORD}/opinion", json={"thumb": WORD}, headers=bearer)
    await client.post(CONVERSATIONS, json={"territory": SAID, "need": WORD})
    await client.post(MESSAGES, content=f'{{"text": "{SAID}', headers=bearer)
    await client.post(MESSAGES, json={"text": [SAID], "message_id": SAID, WORD: 1}, headers=bearer)
    await client.post(
        "/conversation/messages", data={"text": SAID}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    await client.get(MESSAGES, headers={"Authorization": f"Bearer {WORD} {token}x"})
    await client.request(WORD.upper(), f"/{WORD}")
    bench.dialogue.broken = "timeout"
    await say(client, bearer, message_id="m2")
    await client.delete(CURRENT, headers=bearer)
    bench.dialogue.broken = None
    # A programming error may quote anything.
    monkeypatch.setattr(bench.dialogue, "turn", fails_with(SAID))
    assert (await say(client, bearer, message_id="m3")).status_code == 500
    monkeypatch.setattr(bench.log, "transcript", lambda *_args: 1 / len(SAID[:0]))
    assert (await client.get(MESSAGES, headers=bearer)).status_code == 500

    written = log.getvalue()
    assert len(requests(log)) >= 14
    for secret in (WORD, MAIL, MAIL.split("@")[0] + "@", PHONE, SIRET, token, token[:20], SAID[:10]):
        assert secret not in written
    senders = [sender for sender, _, _ in bench.dialogue.opened]
    assert not any(sender in written or sender[:8] in written for sender in senders)


def test_what_went_wrong_is_found_by_the_id_that_the_answer_tells(log, bench, address, monkeypatch):
    monkeypatch.setattr(bench.dialogue, "turn", fails_with(SAID))
    with httpx.Client(base_url=address, trust_env=False) as client:
        bearer = {"Authorization": f"Bearer {client.post(CONVERSATIONS).json()['token']}"}
        client.cookies.clear()
        said = {"text": SAID, "message_id": "m1"}
        answer = client.post(MESSAGES, json=said, headers=bearer)
    assert answer.status_code == 500
    about = [line for line in lines(log) if line.get("request") == answer.headers[HEADER]]
    assert [line["status"] for line in about if line["event"] == "request"] == [500]
    (error,) = [line["error"] for line in about if line["event"] == "request"]
    assert error["type"] == "RuntimeError"
    assert any("portal/turns.py" in place for place in error["at"])
    assert WORD not in log.getvalue()
    assert MAIL not in log.getvalue()


def test_the_server_itself_writes_no_addresses(log, address):
    with httpx.Client(base_url=address, trust_env=False) as client:
        client.get(f"/annuaire?lieu={WORD}", headers={"Accept": "text/html"})
    assert [line["route"] for line in requests(log)] == ["unknown"]
    assert WORD not in log.getvalue()
