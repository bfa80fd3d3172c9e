"""Whole conversations, kept as data beside this file, played against the real processes."""

import uuid
from pathlib import Path

import httpx
import pytest
import yaml

HERE = Path(__file__).parent
CONVERSATIONS = [
    pytest.param(conversation, id=f"{path.stem}: {conversation['conversation']}")
    for path in sorted(HERE.glob("*.yml"))
    for conversation in yaml.safe_load(path.read_text(encoding="utf-8"))
]
EXPECTATIONS = {
    "says",
    "not_says",
    "need",
    "territory",
    "contacts",
    "contacts_at_least",
    "schemes",
    "buttons",
    "intent",
}


@pytest.mark.served
@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_conversation(stack, conversation):
    sender = uuid.uuid4().hex
    for number, turn in enumerate(conversation["turns"], start=1):
        reply = say(stack, sender, turn["owner"])
        expected = turn.get("bot", {})
        assert set(expected) <= EXPECTATIONS, "an expectation that nothing checks"
        assert reply["messages"], "never silence"
        where = f"turn {number}: {turn['owner'][:60]!r}\n{texts(reply)}"
        for problem in problems(reply, expected):
            pytest.fail(f"{problem}\n{where}")


def say(stack, sender, text):
    answer = httpx.post(
        f"{stack.rasa}/webhooks/portal/webhook",
        json={"sender": sender, "message": text},
        headers={"Authorization": f"Bearer {stack.secret}"},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def plain(text):
    """A text as a plain keyboard writes it: expectations need no French typography."""
    return text.replace("\u2019", "'").replace("\u00a0", " ").replace("\u202f", " ")


def texts(reply):
    return plain("\n".join(message["text"] for message in reply["messages"]))


def problems(reply, expected):
    """Yield each expectation that the reply does not meet."""
    said = texts(reply)
    customs = [message["custom"] for message in reply["messages"] if "custom" in message]
    contacts = [item["id"] for custom in customs if custom["type"] == "contacts" for item in custom["items"]]
    schemes = [item["id"] for custom in customs if custom["type"] == "funding" for item in custom["items"]]
    titles = [
        plain(button["title"]) for message in reply["messages"] for button in message.get("buttons", [])
    ]
    needs = [custom["need"] for custom in customs]
    codes = [(custom.get("territory") or {}).get("code") for custom in customs]
    yield from (f"does not say {words!r}" for words in expected.get("says", []) if words not in said)
    yield from (f"says {words!r}" for words in expected.get("not_says", []) if words in said)
    yield from (
        f"lacks contact {each}: {contacts}" for each in expected.get("contacts", []) if each not in contacts
    )
    yield from (
        f"lacks scheme {each}: {schemes}" for each in expected.get("schemes", []) if each not in schemes
    )
    yield from (
        f"lacks button {each}: {titles}" for each in expected.get("buttons", []) if each not in titles
    )
    if len(contacts) < expected.get("contacts_at_least", 0):
        yield f"only {len(contacts)} contacts"
    if "need" in expected and expected["need"] not in needs:
        yield f"answers {needs}, not {expected['need']}"
    if "territory" in expected and expected["territory"] not in codes:
        yield f"answers for {codes}, not {expected['territory']}"
    if "intent" in expected and reply["understood"]["intent"]["name"] != expected["intent"]:
        yield f"understands {reply['understood']['intent']}, not {expected['intent']}"


@pytest.mark.served
@pytest.mark.parametrize("filler", ["a", "bla bla ", "💥", "<div>", "1 "])
def test_ten_thousand_characters(stack, filler):
    sender = uuid.uuid4().hex
    reply = say(stack, sender, (filler * 10_000)[:10_000])
    assert reply["messages"][0]["text"]
    again = say(stack, sender, "un site internet à Quimper")
    assert not list(problems(again, {"need": "website", "territory": "29232"}))
