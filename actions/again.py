"""The same sentence is never said twice running: other words, or a short reminder."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from actions.memory import AWAITING_FORM, Memory
from actions.messages import BotMessage
from actions.services import Services
from knowledge.typography import french, within

SHORT = 16  # hexadecimal digits of a digest: enough to tell a handful of messages apart


def key_of(message: BotMessage) -> str:
    """Return what stands for a message in the memory: never its words."""
    said = message.text or f"{message.response} {sorted(message.values.items())}"
    return sha256(said.encode()).hexdigest()[:SHORT]


def unrepeated(
    services: Services, messages: list[BotMessage], before: Memory, after: Memory
) -> tuple[list[BotMessage], Memory]:
    """Return the messages with other words for those of the turn before, and the memory of what is said now."""
    asks_form = after.awaiting == AWAITING_FORM
    said = [
        _otherwise(services, message, asks_form and message is messages[-1])
        if key_of(message) in before.said
        else message
        for message in messages
    ]
    return said, replace(after, said=[key_of(message) for message in said])


def _otherwise(services: Services, message: BotMessage, open_question: bool) -> BotMessage:
    words = services.wording.again
    if message.response in words["responses"]:
        text = words["responses"][message.response].format(**message.values)
        return replace(message, text=french(text), response=None, values={})
    text = message.text or services.responses[message.response].format(**message.values)
    if open_question:
        return _worded(message, words["question"].format(said=text))
    kind = (message.custom or {}).get("type")
    if kind in ("contacts", "funding"):
        return _listed(services, message)
    return _worded(message, words["opening"].format(said=_first(text)))


def _worded(message: BotMessage, text: str) -> BotMessage:
    return replace(message, text=french(text), response=None, values={})


def _listed(services: Services, message: BotMessage) -> BotMessage:
    """Return an answer that was just given as a list of names; its card holds all of it."""
    items = message.custom["items"]
    text = services.wording.render("again.txt.j2", kind=message.custom["type"], items=items)
    lead = text.partition("\n")[0]
    return replace(message, text=text, custom=message.custom | {"lead": lead})


def _first(text: str) -> str:
    """Return the first paragraph as it stands inside a sentence; with all that it announces where it ends so."""
    first = text.partition("\n")[0]
    return within(text) if first.rstrip().endswith(":") else within(first) + "."
