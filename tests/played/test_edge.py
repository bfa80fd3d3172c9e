"""Rasa's edge as the portal and outside tests meet it: channels, secret, understanding of one message."""

import socket
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.served

NEED = "je veux refaire le site de ma crêperie à Quimper"


@pytest.fixture
def rasa(stack):
    with httpx.Client(base_url=stack.rasa, timeout=30) as client:
        yield client


@pytest.fixture
def portal_channel(stack):
    headers = {"Authorization": f"Bearer {stack.secret}"}
    with httpx.Client(base_url=f"{stack.rasa}/webhooks/portal", headers=headers, timeout=30) as client:
        yield client


def test_one_call_gives_messages_and_what_was_understood(portal_channel):
    answer = portal_channel.post("/webhook", json={"sender": uuid.uuid4().hex, "message": NEED}).json()
    understood = answer["understood"]
    assert [message["custom"]["type"] for message in answer["messages"]] == ["contacts", "funding"]
    assert understood["intent"]["name"] == "need_website"
    assert understood["intent_ranking"][0]["name"] == "need_website"
    assert understood["needs"] == ["website"]
    assert {entity["entity"] for entity in understood["entities"]} >= {"location", "sector"}
    assert understood["slots"]["place"] == {"level": "commune", "code": "29232"}
    assert understood["actions"] == ["action_answer_need"]
    assert understood["model_id"]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": ""}])
def test_without_the_secret_nothing_is_said(rasa, headers):
    for method, path in [
        ("POST", "/webhook"),
        ("POST", "/conversations"),
        ("GET", "/"),
        ("DELETE", "/conversations/a"),
    ]:
        answer = rasa.request(
            method, f"/webhooks/portal{path}", headers=headers, json={"sender": "a", "message": "b"}
        )
        assert answer.status_code == 401, path


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"sender": "a"},
        {"message": "b"},
        {"sender": "", "message": "b"},
        {"sender": "a", "message": 3},
    ],
)
def test_what_is_no_turn_is_refused_in_words(portal_channel, body):
    answer = portal_channel.post("/webhook", json=body)
    assert answer.status_code == 422
    assert "must be" in answer.json()["error"]


def test_a_message_sent_again_gets_the_same_answer_and_changes_nothing(portal_channel):
    sender = uuid.uuid4().hex
    portal_channel.post("/webhook", json={"sender": sender, "message": NEED, "message_id": "1"})
    more = {"sender": sender, "message": "d'autres contacts", "message_id": "2"}
    first, again = (portal_channel.post("/webhook", json=more).json() for _ in range(2))
    assert again["messages"] == first["messages"]
    assert again["understood"]["slots"] == first["understood"]["slots"]


def test_a_message_that_comes_twice_at_once_is_taken_once(portal_channel, rasa):
    """Two portals try again what waits: both ask, and both get the one answer."""
    asked = {"sender": uuid.uuid4().hex, "message": NEED, "message_id": "1"}
    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(lambda _: portal_channel.post("/webhook", json=asked).json(), range(4)))
    assert all(answer["messages"] == answers[0]["messages"] for answer in answers)
    tracker = rasa.get(f"/conversations/{asked['sender']}/tracker").json()
    assert [event["text"] for event in tracker["events"] if event["event"] == "user"] == [NEED]


def test_opening_with_a_place_and_a_need_answers_at_once(portal_channel):
    page = {"territory": {"level": "departement", "code": "974", "name": "La Réunion"}, "need": "grants"}
    answer = portal_channel.post("/conversations", json={"sender": uuid.uuid4().hex} | page).json()
    contacts = [message["custom"] for message in answer["messages"] if "custom" in message][0]
    assert contacts["territory"]["code"] == "974"
    assert contacts["need"] == "grants"


def test_a_forgotten_conversation_starts_anew(portal_channel):
    sender = uuid.uuid4().hex
    portal_channel.post("/webhook", json={"sender": sender, "message": NEED})
    assert portal_channel.delete(f"/conversations/{sender}").status_code == 204
    answer = portal_channel.post(
        "/webhook", json={"sender": sender, "message": "je veux refaire mon site"}
    ).json()
    assert "Où se trouve" in answer["messages"][0]["text"]


def test_the_rest_channel_keeps_messages_whole(rasa):
    messages = rasa.post("/webhooks/rest/webhook", json={"sender": uuid.uuid4().hex, "message": NEED}).json()
    assert [message["custom"]["type"] for message in messages] == ["contacts", "funding"]
    assert all(message["text"] for message in messages)
    assert messages[-1]["buttons"]


def test_one_message_is_understood_as_the_contract_has_it(rasa):
    text = "refaire notre site et trouver une subvention, nous sommes 3 à Saint-Denis (974)"
    parse = rasa.post("/model/parse", json={"text": text}).json()
    needs = [entity for entity in parse["entities"] if entity["entity"] == "need"]
    assert parse["entities"][: len(needs)] == needs
    assert {need["value"] for need in needs} == {"website", "grants"}
    assert all(0 <= need["confidence"] <= 1 for need in needs)
    (place,) = [entity for entity in parse["entities"] if entity["entity"] == "location"]
    assert place["additional_info"]["code"] == "97411"
    assert text[place["start"] : place["end"]].startswith("Saint-Denis")
    assert sum(each["confidence"] for each in parse["intent_ranking"]) == pytest.approx(1, abs=1e-3)


def test_rasa_and_the_actions_listen_on_loopback_alone(stack):
    for port in (stack.settings.rasa_port, stack.settings.actions_port):
        assert listening_addresses(port) == {"127.0.0.1"}


def listening_addresses(port):
    """Return the addresses on which this machine listens on `port` (from /proc/net/tcp, listening is state 0A)."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    local = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {
        socket.inet_ntoa(bytes.fromhex(address)[::-1]) for address, number in local if int(number, 16) == port
    }
