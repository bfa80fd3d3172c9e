"""The answers of a conversation, without its small talk: what an owner may want to take along."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversations.views import Message

# Kinds of answers by the type of their card, and where each card holds what it says.
LISTS = {"contacts": "items", "funding": "items", "guidance": "facts"}


@dataclass(frozen=True)
class Answer:
    """One answer of the bot: `text` is complete by itself, `custom` holds the same facts. `at` is when it was given."""

    text: str
    custom: dict[str, Any]
    at: datetime


def answers_of(messages: Iterable[Message]) -> list[Answer]:
    """Return the answers in order; one that brings nothing which was not said before is left out."""
    said: set[Hashable] = set()
    kept = []
    for message in messages:
        new = _told(message.custom or {}) - said
        if new:
            said |= new
            kept.append(Answer(message.text, message.custom or {}, message.at))
    return kept


def _told(custom: dict[str, Any]) -> set[Hashable]:
    """Return what an answer tells, one key a thing; nothing where it is no answer."""
    kind = custom.get("type")
    if kind == "request":
        return {(kind, custom.get("id"), custom.get("status"))}
    return {(kind, *_key(kind, custom, item)) for item in custom.get(LISTS.get(kind or "", ""), [])}


def _key(kind: str, custom: dict[str, Any], item: dict[str, Any]) -> tuple[Hashable, ...]:
    """Return what makes a thing another one: a sum that was worked out anew is told anew."""
    if kind == "guidance":
        return (item.get("text"),)
    estimate = (item.get("estimate") or {}).get("formula")
    return custom.get("need"), item.get("id"), item.get("eligible"), estimate
