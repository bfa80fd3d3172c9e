"""Requests made to break something: bodies, types, texts, headers, event numbers, floods."""

import asyncio
import gzip
import json
import socket
from dataclasses import replace

import httpx
import pytest

from portal.app import create_app
from portal.problems import MEDIA_TYPE
from portal.server import make_server

CONVERSATIONS = "/api/conversations"
CURRENT = "/api/conversations/current"
MESSAGES = "/api/conversations/current/messages"
JSON = {"Content-Type": "application/json"}


def assert_refused(answer, *statuses):
    assert answer.status_code in statuses, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert "Traceback" not in answer.text


# --- bodies ---


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 30_000 + b"]" * 30_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"text": "x", "message_id": ' + b"9" * 60_000 + b"}",
        b'{"text": "x", "message_id": 1e999999}',
        b'{"text": NaN, "message_id": "m1"}',
        b'{"text": "x", "text": ["y"], "message_id": "m1"}',
        b'{"__proto__": {"text": "x"}, "constructor": 1}',
        b"\x00" * 1000,
        b"\xff\xfe{\x00",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    ],
)
@pytest.mark.parametrize("path", [CONVERSATIONS, MESSAGES])
async def test_json_that_is_a_bomb_or_none_is_refused(client, bench, bearer, path, body):
    opened = len(bench.dialogue.opened)
    answer = await client.post(path, content=body, headers={**bearer, **JSON})
    if path == CONVERSATIONS and answer.status_code == 201:
        assert b"text" in body  # fields that nobody asked for are passed over
        return
    assert_refused(answer, 400, 422)
    assert bench.dialogue.said == []
    assert len(bench.dialogue.opened) == opened


@pytest.mark.parametrize("path", [CONVERSATIONS, MESSAGES, f"{MESSAGES}/1/opinion", "/conversation/messages"])
async def test_a_body_over_the_limit_is_refused_announced_or_not(client, bench, bearer, path):
    method = "PUT" if path.endswith("opinion") else "POST"

    async def pieces():
        for _ in range(70):
            yield b"x" * 1024

    for content in (b"x" * 66_000, pieces()):
        answer = await client.request(method, path, content=content, headers={**bearer, **JSON})
        assert_refused(answer, 413)
    assert bench.dialogue.said == []


async def test_an_announced_length_that_is_no_number_does_no_harm(client, bearer):
    for length in ("-1", "1e9", "x", "9" * 30):
        answer = await client.post(MESSAGES, content=b"{}", headers={**bearer, "Content-Length": length})
        assert answer.status_code in (400, 413, 422)


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "x",
    ],
)
async def test_a_message_of_another_type_is_refused(client, bench, bearer, kind):
    body = json.dumps({"text": "bonjour", "message_id": "m1"})
    answer = await client.post(MESSAGES, content=body, headers={**bearer, "Content-Type": kind})
    assert_refused(answer, 415, 422)
    assert bench.dialogue.said == []


async def test_a_compressed_body_is_not_unpacked(client, bench, bearer):
    packed = gzip.compress(b'{"text": "' + b"x" * 10_000_000 + b'", "message_id": "m1"}')
    assert len(packed) < 60_000
    headers = {**bearer, **JSON, "Content-Encoding": "gzip"}
    assert_refused(await client.post(MESSAGES, content=packed, headers=headers), 400, 422)
    assert bench.dialogue.said == []


async def test_a_form_of_many_fields_is_refused_or_cut(client, bench):
    fields = "&".join(f"f{number}=x" for number in range(5000))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    answer = await client.post("/conversation/messages", content=fields, headers=headers)
    assert_refused(answer, 400, 413, 422)
    assert bench.dialogue.said == []


@pytest.fixture
async def slow(bench):
    """The portal on a port, that waits for bodies for a moment only."""
    services = replace(bench.services(), body_seconds=0.2, heartbeat=0.05)
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(create_app(services), "127.0.0.1", 0, patience=1)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    yield listener.getsockname()[1], services
    server.should_exit = True
    await task


async def test_a_body_that_trickles_in_is_given_up(slow, bench):
    port, services = slow
    token, _ = await services.desk.open("web", None, None)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {MESSAGES} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: 40\r\n\r\n{{".encode())
    answer = (await asyncio.wait_for(reader.read(2000), 20)).decode()
    writer.close()
    assert answer.startswith("HTTP/1.1 408")
    assert "/problemes/demande-trop-lente" in answer
    assert bench.dialogue.said == []


async def test_a_stream_is_no_slow_body(slow):
    port, services = slow
    token, _ = await services.desk.open("web", None, None)
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
        client.stream("GET", f"{CURRENT}/events", headers=headers) as answer,
    ):
        pieces = answer.aiter_text()
        await pieces.__anext__()
        await asyncio.sleep(0.4)  # longer than a body may take
        await services.desk.say(token, "m1", "bonjour")
        while "bonjour" not in await pieces.__anext__():
            pass


# --- texts ---


@pytest.mark.parametrize(
    "text",
    [
        "\u202e\u2066gnp.exe\u2069",
        "a\u0300" * 400,
        "😀👩‍👩‍👧‍👦" * 50,
        "\ufeff\u200b\u00ad bonjour",
        "\x00\x01\x1b[2J",
        "ｂｏｎｊｏｕｒ",
        "İıſßﬁ" * 50,
        "\ud83d",
        "\u2028\u2029\r\n\n\n",
        "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
        '/restart /need_website{"a": 1}',
    ],
)
async def test_odd_texts_are_stored_and_given_back(client, bench, bearer, text):
    body = json.dumps({"text": text, "message_id": "m1"})
    answer = await client.post(MESSAGES, content=body, headers={**bearer, **JSON})
    assert answer.status_code == 200
    (said,) = [
        each["text"]
        for each in (await client.get(MESSAGES, headers=bearer)).json()["messages"]
        if each["from"] == "owner"
    ]
    assert said == bench.dialogue.said[0]
    assert not set(said) & set("\x00\x01\x1b\u202e\u2066\u2069")


@pytest.mark.parametrize(
    "message_id", ["m\n1", "m\r\nSet-Cookie: a=b", "é", "../m1", "m" * 101, "", "m 1", "m1\n"]
)
async def test_a_message_id_of_another_form_is_refused(client, bench, bearer, message_id):
    answer = await client.post(MESSAGES, json={"text": "x", "message_id": message_id}, headers=bearer)
    assert_refused(answer, 422)
    assert bench.dialogue.said == []


# --- headers, event numbers, methods ---


@pytest.mark.parametrize("last", ["abc", "-1", "1e9", "\u00b2", "0x10", "1;drop", "NaN", "1,2"])
async def test_an_event_number_that_is_none_begins_anew(slow, last):
    port, services = slow
    token, _ = await services.desk.open("web", None, None)
    headers = {"Authorization": f"Bearer {token}", "Last-Event-ID": last.encode()}
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
        client.stream("GET", f"{CURRENT}/events", headers=headers) as answer,
    ):
        assert (await answer.aiter_text().__anext__()).startswith("id: 1\n")


async def test_an_event_number_beyond_all_waits_for_what_comes(slow):
    port, services = slow
    token, _ = await services.desk.open("web", None, None)
    headers = {"Authorization": f"Bearer {token}", "Last-Event-ID": "9" * 500}
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
        client.stream("GET", f"{CURRENT}/events", headers=headers) as answer,
    ):
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/conversation%0d%0aSet-Cookie:%20a=b",
        "/annuaire?lieu=%0d%0aSet-Cookie:%20a=b",
        "/partage/retrait/x%0d%0aSet-Cookie:%20a=b",
        "/static/x%0d%0aSet-Cookie:%20a=b/base.css",
    ],
)
async def test_no_header_is_put_in_by_an_address(client, path):
    answer = await client.get(path)
    assert "set-cookie" not in answer.headers
    assert all("\r" not in value and "\n" not in value for value in answer.headers.values())


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PATCH", "PROPFIND", "FOO"])
async def test_other_methods_do_nothing(client, bench, bearer, method):
    answer = await client.request(method, MESSAGES, headers={**bearer, "X-HTTP-Method-Override": "DELETE"})
    assert_refused(answer, 405)
    assert bench.dialogue.forgotten == []


async def test_what_a_caller_says_of_itself_counts_for_nothing(client, bench):
    said = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "attaque.example", "X-Real-IP": "127.0.0.1"}
    answer = await client.get("/robots.txt", headers=said)
    assert "attaque" not in answer.text
