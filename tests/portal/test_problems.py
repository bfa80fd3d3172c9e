import pytest

from portal.problems import MEDIA_TYPE
from portal.wording import load_wording

CONVERSATIONS = "/api/conversations"
MESSAGES = "/api/conversations/current/messages"


def assert_problem(answer, status, slug):
    assert answer.headers["content-type"] == MEDIA_TYPE
    body = answer.json()
    assert (answer.status_code, body["status"], body["type"]) == (status, status, f"/problemes/{slug}")
    assert body["title"]
    assert body["detail"].endswith(".")
    assert answer.headers["x-content-type-options"] == "nosniff"
    return body


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", MESSAGES),
        ("GET", MESSAGES),
        ("GET", "/api/conversations/current/events"),
        ("DELETE", "/api/conversations/current"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer faux"}, {"Authorization": "Basic eDp5"}])
async def test_without_a_valid_token(client, method, path, headers):
    body = {"text": "bonjour", "message_id": "m1"} if method == "POST" else None
    answer = await client.request(method, path, json=body, headers=headers)

    assert_problem(answer, 401, "conversation-inconnue")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_address_where_nothing_is(client):
    for path in ("/api/rien", "/rien", "/static/rien.js", "/static/abc/rien.js", "/docs", "/openapi.json"):
        assert_problem(await client.get(path), 404, "introuvable")


async def test_a_method_that_is_not_accepted(client):
    body = assert_problem(await client.put(CONVERSATIONS, json={}), 405, "methode-refusee")
    assert "PUT" in body["detail"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["message_id", "text"]),
        ({"text": 3, "message_id": "m1"}, ["text"]),
        ({"text": "a", "message_id": ""}, ["message_id"]),
        ({"text": "a", "message_id": "m 1"}, ["message_id"]),
        ({"text": "a", "message_id": "m" * 101}, ["message_id"]),
        ([1], []),
        ("texte", []),
    ],
)
async def test_a_request_that_is_not_as_it_should_be(client, bearer, body, fields):
    answer = await client.post(MESSAGES, json=body, headers=bearer)
    assert assert_problem(answer, 422, "demande-invalide")["fields"] == fields


@pytest.mark.parametrize("content", [b"{", b"", b"[" * 60000, b'{"text": ' + b"9" * 5000 + b"}", b"\xff\xfe"])
async def test_a_body_that_is_no_json(client, bearer, content):
    headers = {**bearer, "Content-Type": "application/json"}
    answer = await client.post(MESSAGES, content=content, headers=headers)
    assert_problem(answer, answer.status_code, "demande-invalide")
    assert answer.status_code in (400, 422)


async def test_who_may_not_call_learns_nothing_of_the_body(client):
    assert_problem(await client.post(MESSAGES, json={}), 401, "conversation-inconnue")


@pytest.mark.parametrize("after", ["-1", "x", "99999999999999999999"])
async def test_a_position_that_is_none(client, bearer, after):
    answer = await client.get(MESSAGES, headers=bearer, params={"after": after})
    assert assert_problem(answer, 422, "demande-invalide")["fields"] == ["after"]


async def test_a_body_that_is_announced_too_large(client, bearer):
    answer = await client.post(MESSAGES, content=b"x" * 65537, headers=bearer)
    assert "64" in assert_problem(answer, 413, "demande-trop-volumineuse")["detail"]


async def test_a_body_that_grows_too_large_unannounced(client, bearer):
    async def pieces():
        for _ in range(100):
            yield b"x" * 1000

    answer = await client.post(MESSAGES, content=pieces(), headers=bearer)
    assert_problem(answer, 413, "demande-trop-volumineuse")


async def test_a_defect_of_ours_tells_nothing_of_the_inside(client, bench, bearer):
    bench.log.by_token = None  # what a programming error looks like
    answer = await client.get(MESSAGES, headers=bearer)

    assert_problem(answer, 500, "erreur-interne")
    assert "NoneType" not in answer.text
    assert answer.headers["content-security-policy"]


def test_every_problem_has_its_own_type():
    wording = load_wording()
    values = {"method": "PUT", "kilobytes": 64, "fields": [], "seconds": 2, "missing": ["rasa"]}
    slugs = [wording.problem(name, **values)[0] for name in wording.problems()]
    assert len(slugs) == len(set(slugs))
