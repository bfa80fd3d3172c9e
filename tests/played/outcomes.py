"""What came of a turn, held against what was expected (tests/conversations/played/README.md)."""

from collections.abc import Iterator
from typing import Any

EXPECTATIONS = {
    *(
        "need",
        "territory",
        "contacts",
        "schemes",
        "facts",
        "contacts_at_least",
        "schemes_at_least",
        "facts_at_least",
    ),
    *("types", "topic", "asks", "known", "intent", "action", "buttons", "says", "not_says"),
}
USEFUL = {"contacts", "funding", "guidance", "request"}
Reply = dict[str, Any]


def useful(reply: Reply) -> bool:
    """Tell whether an owner leaves this turn with something: contacts, schemes, facts or a request."""
    return bool(USEFUL & set(_types(reply)))


def plain(text: str) -> str:
    """A text as a plain keyboard writes it: expectations need no French typography."""
    return text.replace("\u2019", "'").replace("\u00a0", " ").replace("\u202f", " ")


def texts(reply: Reply) -> str:
    return plain("\n".join(message["text"] for message in reply["messages"]))


def problems(reply: Reply, expected: dict[str, Any]) -> Iterator[str]:
    """Yield each expectation that the reply does not meet."""
    yield from _answer_problems(reply, expected)
    yield from _state_problems(reply, expected)
    said = texts(reply)
    yield from (f"does not say {words!r}" for words in expected.get("says", []) if words not in said)
    yield from (f"says {words!r}" for words in expected.get("not_says", []) if words in said)
    titles = [
        plain(button["title"]) for message in reply["messages"] for button in message.get("buttons", [])
    ]
    yield from (
        f"lacks button {each!r}: {titles}" for each in expected.get("buttons", []) if each not in titles
    )


def _answer_problems(reply: Reply, expected: dict[str, Any]) -> Iterator[str]:
    shown = {
        "contacts": _items(reply, "contacts", "items"),
        "schemes": _items(reply, "funding", "items"),
        "facts": _items(reply, "guidance", "facts"),
    }
    for kind, items in shown.items():
        ids = [each.get("id") for each in items]
        yield from (f"lacks {each} among {ids}" for each in expected.get(kind, []) if each not in ids)
        if len(items) < expected.get(f"{kind}_at_least", 0):
            yield f"only {len(items)} {kind}"
    needs = [custom.get("need") for custom in _customs(reply)]
    if "need" in expected and expected["need"] not in needs:
        yield f"answers {needs}, not {expected['need']}"
    codes = [(custom.get("territory") or {}).get("code") for custom in _customs(reply)]
    if "territory" in expected and expected["territory"] not in codes:
        yield f"answers for {codes}, not {expected['territory']}"
    topics = [custom.get("topic") for custom in _customs(reply)]
    if "topic" in expected and expected["topic"] not in topics:
        yield f"tells of {topics}, not {expected['topic']}"
    missing = set(expected.get("types", [])) - set(_types(reply))
    if missing:
        yield f"lacks a message of type {missing}: {_types(reply)}"


def _state_problems(reply: Reply, expected: dict[str, Any]) -> Iterator[str]:
    understood = reply["understood"]
    slots = understood["slots"]
    if "asks" in expected and _awaited(slots) != expected["asks"]:
        yield f"awaits {_awaited(slots)}, not {expected['asks']}"
    for name, value in expected.get("known", {}).items():
        if slots.get(name) != value:
            yield f"holds {slots.get(name)!r} as {name}, not {value!r}"
    if "intent" in expected and understood["intent"]["name"] != expected["intent"]:
        yield f"understands {understood['intent']}, not {expected['intent']}"
    if "action" in expected and expected["action"] not in understood["actions"]:
        yield f"ran {understood['actions']}, not {expected['action']}"


def _awaited(slots: dict[str, Any]) -> str:
    awaiting = slots.get("awaiting")
    if awaiting == "form":
        return f"{slots['form']['name']}/{slots['form']['question']}"
    return awaiting or "nothing"


def _customs(reply: Reply) -> list[dict[str, Any]]:
    return [message["custom"] for message in reply["messages"] if message.get("custom")]


def _types(reply: Reply) -> list[str]:
    return [custom["type"] for custom in _customs(reply)]


def _items(reply: Reply, kind: str, field: str) -> list[dict[str, Any]]:
    return [item for custom in _customs(reply) if custom["type"] == kind for item in custom[field]]
