"""A conversation as a person reads it: what was said, what was understood, what was run, what came back and why."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from conversations.opinions import Opinion
from conversations.views import State


class Part(NamedTuple):
    """Some characters of an owner's message; `kind` and `value` where they are an entity."""

    text: str
    kind: str = ""
    value: str = ""


class Guess(NamedTuple):
    """An intent, and how likely it was, 0 to 1."""

    intent: str
    confidence: float


class Step(NamedTuple):
    """One action that was run, and how long it took in milliseconds; None where that was not measured."""

    action: str
    milliseconds: int | None


class Fact(NamedTuple):
    """Something by its name: a slot, or an entity without a place in the text."""

    name: str
    value: str


@dataclass(frozen=True)
class Understanding:
    """What the dialogue engine made of a message. `needs` are most important first, `ranking` likeliest first."""

    ranking: tuple[Guess, ...] = ()
    needs: tuple[str, ...] = ()
    found: tuple[Fact, ...] = ()
    slots: tuple[Fact, ...] = field(default=(), repr=False)
    steps: tuple[Step, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True)
class Item:
    """One thing an answer showed, and why it was this one."""

    name: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """One message of the bot's side. `kind` is the type of its card, None without one; `author` names an advisor."""

    number: int
    text: str = field(repr=False)
    buttons: tuple[str, ...] = ()
    kind: str | None = None
    items: tuple[Item, ...] = ()
    at: datetime | None = None
    opinion: Opinion | None = None
    author: str | None = None


@dataclass(frozen=True)
class ReadTurn:
    """One turn. `number` names it within its conversation: that of its first message, 0 where it has none.

    `spoken` tells that an owner's message began it; else the assistant opened, or an advisor wrote.

    `waited` are the seconds from the owner's message to the last attempt to answer it.
    """

    id: str
    number: int
    spoken: bool
    parts: tuple[Part, ...] = field(repr=False)
    state: State
    at: datetime
    replies: tuple[Reply, ...]
    understanding: Understanding | None
    model_id: str | None
    failure: str | None
    attempts: int
    waited: float | None

    @property
    def last(self) -> int:
        """Return the highest number of the turn's messages."""
        return max([self.number, *(reply.number for reply in self.replies)])


@dataclass(frozen=True)
class TranscriptPage:
    """Some turns in order. `earlier` and `later` tell that there are more; `last` is the latest message's number."""

    turns: tuple[ReadTurn, ...]
    earlier: bool
    later: bool
    last: int
