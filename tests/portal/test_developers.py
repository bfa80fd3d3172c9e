"""The description for partners against the real routes, requests and answers."""

import json
import re

import pytest
from jsonschema import Draft202012Validator, RefResolver, ValidationError
from jsonschema.validators import validator_for
from starlette.routing import Route

from portal.app import create_app
from portal.developers import describe
from portal.wording import WORDING_FILE, load_wording
from tests.portal.fakes import contacts_message
from yaml_files import read_yaml

CONVERSATIONS = "/api/conversations"
CURRENT = "/api/conversations/current"
MESSAGES = "/api/conversations/current/messages"
API = describe("https://boussole.example.org", 1000)
METHODS = {"get", "post", "put", "delete", "patch"}


def validate(value, pointer):
    """Hold a value against the schema at `pointer` of the description."""
    schema = {"$ref": f"#{pointer}"}
    Draft202012Validator(schema, resolver=RefResolver("", API)).validate(value)


def schema_of(answer, method, path):
    """Return the pointer to the schema of an answer; it must be described with its status and its type."""
    described = API["paths"][path][method]["responses"].get(str(answer.status_code))
    assert described, f"{method} {path} does not say {answer.status_code}"
    pointer = f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}/responses/{answer.status_code}"
    if "$ref" in described:
        pointer = described["$ref"].removeprefix("#")
    media = answer.headers["content-type"].partition(";")[0].replace("/", "~1")
    return f"{pointer}/content/{media}/schema"


def validate_answer(answer, method, path):
    body = answer.json()
    validate(body, schema_of(answer, method, path))
    for message in body.get("messages", []):
        validate_card(message["custom"])
    return body


def validate_card(card):
    known = API["components"]["schemas"]["Fiche"]["discriminator"]["mapping"]
    if card is not None and card["type"] in known:
        validate(card, known[card["type"]].removeprefix("#"))


async def say(client, bearer, text, message_id="m1"):
    body = {"text": text, "message_id": message_id}
    validate(body, "/components/schemas/Dit")
    return await client.post(MESSAGES, json=body, headers=bearer)


def test_the_described_calls_are_the_public_ones(bench):
    real = {
        (route.path, method.lower())
        for route in create_app(bench.services()).routes
        if isinstance(route, Route) and route.path.startswith("/api/")
        for method in route.methods - {"HEAD"}
    }
    described = {(path, method) for path, calls in API["paths"].items() for method in calls}
    assert described == real


def test_every_schema_is_one_and_every_name_is_there():
    for schema in API["components"]["schemas"].values():
        validator_for({}, default=Draft202012Validator).check_schema(schema)
    text = json.dumps(API)
    resolver = RefResolver("", API)
    for pointer in set(re.findall(r'"(#/components/[^"]+)"', text)):
        resolver.resolve(pointer)


def test_every_call_says_what_it_does_and_what_may_go_wrong():
    for path, calls in API["paths"].items():
        for method, call in calls.items():
            assert call["summary"], (method, path)
            assert call["operationId"]
            assert call.get("security") == [] or "401" in call["responses"], (method, path)


@pytest.mark.parametrize("name", API["components"]["responses"])
def test_the_problems_are_those_of_the_wording(name):
    example = API["components"]["responses"][name]["content"]["application/problem+json"]["example"]
    validate(example, "/components/schemas/Probleme")
    wording = read_yaml(WORDING_FILE)["problems"]
    (problem,) = [key for key, each in wording.items() if f"/problemes/{each['slug']}" == example["type"]]
    values = {"fields": ["message_id"], "seconds": example.get("seconds"), "kilobytes": 64}
    assert load_wording().problem(problem, **values)[1:] == (example["title"], example["detail"])


async def test_a_whole_conversation_is_as_described(client, bench):
    opened = await client.post(CONVERSATIONS, json={"territory": "29", "need": "website"})
    bearer = {"Authorization": f"Bearer {validate_answer(opened, 'post', CONVERSATIONS)['token']}"}
    client.cookies.clear()
    types = set()
    for number, text in enumerate(
        (
            "Je veux un site",
            "une aide",
            "que savoir",
            "est-ce obligatoire",
            "un conseiller",
            "imprimer",
            "bonjour",
        )
    ):
        body = validate_answer(await say(client, bearer, text, f"m{number}"), "post", MESSAGES)
        types |= {message["custom"]["type"] for message in body["messages"] if message["custom"]}
    assert types == {"contacts", "funding", "guidance", "request", "take_along"}

    judged = await client.put(
        f"{MESSAGES}/3/opinion", json={"thumb": "down", "reason": "unclear"}, headers=bearer
    )
    assert str(judged.status_code) in API["paths"][f"{MESSAGES}/{{number}}/opinion"]["put"]["responses"]
    transcript = validate_answer(await client.get(MESSAGES, headers=bearer), "get", MESSAGES)
    assert transcript["opinions"] == {"3": {"thumb": "down", "reason": "unclear"}}
    bench.dialogue.broken = "timeout"
    assert validate_answer(await say(client, bearer, "encore", "m9"), "post", MESSAGES)["state"] == "failed"
    bench.dialogue.broken = None
    erased = validate_answer(await say(client, bearer, "Tout effacer", "m10"), "post", MESSAGES)
    assert erased["messages"][0]["custom"]["type"] == "erased"


async def test_what_goes_wrong_is_as_described(client, bench, bearer):
    opinion = f"{MESSAGES}/{{number}}/opinion"
    up = {"thumb": "up"}
    nobody = {"Authorization": "Bearer faux"}
    for method, path, answer in (
        ("post", CONVERSATIONS, await client.post(CONVERSATIONS, json={"territory": "Nulle part"})),
        ("post", CONVERSATIONS, await client.post(CONVERSATIONS, content=b"x" * 70_000)),
        ("post", MESSAGES, await client.post(MESSAGES, json={}, headers=bearer)),
        ("post", MESSAGES, await client.post(MESSAGES, json={}, headers=nobody)),
        ("get", MESSAGES, await client.get(MESSAGES, params={"after": -1}, headers=bearer)),
        ("get", f"{CURRENT}/events", await client.get(f"{CURRENT}/events", headers=nobody)),
        ("put", opinion, await client.put(f"{MESSAGES}/99/opinion", json=up, headers=bearer)),
        ("put", opinion, await client.put(f"{MESSAGES}/1/opinion", json={}, headers=bearer)),
        ("delete", CURRENT, await client.delete(CURRENT, headers=nobody)),
    ):
        validate(answer.json(), schema_of(answer, method, path))
    bench.dialogue.broken = "timeout"
    answer = await client.delete(CURRENT, headers=bearer)
    validate(answer.json(), schema_of(answer, "delete", CURRENT))
    bench.dialogue.broken = None
    for number in range(31):
        answer = await say(client, bearer, "encore", f"m{number}")
    assert answer.status_code == 429
    validate(answer.json(), schema_of(answer, "post", MESSAGES))


def test_a_message_of_another_shape_is_noticed():
    card = contacts_message()["custom"]
    del card["items"][0]["source_url"]
    with pytest.raises(ValidationError):
        validate_card(card)


async def test_any_page_and_program_may_read_it(client):
    answer = await client.get("/api/openapi.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json() == describe("", 1000)


async def test_the_page_shows_every_call_and_every_problem(bench, client):
    page = (await client.get("/developpeurs", headers={"Accept": "text/html"})).text
    for path, calls in API["paths"].items():
        for method in calls:
            assert f"{method.upper()} {path}" in page
    for answer in API["components"]["responses"].values():
        assert answer["content"]["application/problem+json"]["example"]["type"] in page
    assert "https://PORTAIL/api/conversations" in page
    assert 'href="/developpeurs"' in page
