"""The choices of an answer: how they are named to a provider, and found again when one comes back."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from conversations.views import ANSWERED, Message

Option = Mapping[str, str]
MARK = "#"
ELLIPSIS = "…"
# A word that is cut says more than none: a title is cut before it only where so much of the room is used.
MOST = 0.75
# « 2 », « 2. », « le 2 », « choix n° 2 »
_NUMBER = re.compile(
    r"^\W*(?:(?:le|la|l|option|choix|réponse|reponse|numéro|numero|n|no)\W+)*(\d{1,2})\W*$", re.IGNORECASE
)


def options_of(messages: Iterable[Mapping[str, Any]]) -> list[Option]:
    """Return everything that the messages of an answer offer, in order."""
    return [option for message in messages for option in message.get("buttons") or []]


def last_offered(transcript: Sequence[Message]) -> list[Option]:
    """Return what the last answer of a conversation offers: nothing where it offers nothing."""
    answered = [message for message in transcript if message.author == "bot" and message.state == ANSWERED]
    if not answered:
        return []
    last = answered[-1].message_id
    return options_of(vars(message) for message in answered if message.message_id == last)


def by_number(text: str, transcript: Sequence[Message]) -> str:
    """Return the words that a number stands for, `text` itself where it stands for none."""
    found = _NUMBER.match(text)
    offered = last_offered(transcript) if found else []
    number = int(found[1]) if found else 0
    return offered[number - 1]["payload"] if 1 <= number <= len(offered) else text


def named(payload: str, limit: int) -> str:
    """Return what a provider keeps of a choice in `limit` bytes: its words, or where they are longer their mark."""
    return (
        payload
        if len(payload.encode()) <= limit
        else MARK + hashlib.sha256(payload.encode()).hexdigest()[:16]
    )


def meant(choice: str, transcript: Iterable[Message]) -> str:
    """Return the words of a choice that came back, whenever it was offered."""
    if not choice.startswith(MARK):
        return choice
    for message in transcript:
        for option in message.buttons or []:
            if named(option["payload"], 0) == choice:
                return option["payload"]
    return choice


def short(title: str, limit: int) -> str:
    """Return a title of at most `limit` characters, cut at a word where that leaves most of it."""
    if len(title) <= limit:
        return title
    room = title[: limit - 1]
    spaces = [at for at, sign in enumerate(title[:limit]) if sign.isspace() and at >= limit * MOST]
    return room[: spaces[-1] if spaces else None].rstrip(" ,;:") + ELLIPSIS


def distinct(titles: Sequence[str]) -> bool:
    """Tell whether no two titles are the same, as some providers ask."""
    return len(set(titles)) == len(titles)
