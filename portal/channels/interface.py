"""What every messaging channel does: read its provider's calls, lay an answer out, hand a message over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

# What an owner sent. A choice is a button pressed; the others cannot be read, and get a sentence of their own.
Kind = Literal["text", "choice", "image", "voice", "sticker", "place", "other"]
BotMessage = Mapping[str, Any]
# One message to an owner as it is stored: {"text", "options"?}; an option is {"title", "payload"}.
Part = dict[str, Any]


class Unsigned(Exception):
    """The call does not carry the signature or the secret of the provider."""


class Unreadable(Exception):
    """The call is the provider's, and is not of the form that it documents."""


class Refused(Exception):
    """The provider will never take this message; the reason holds no address.

    `undeliverable` says that the channel's rules forbid it, not that something is wrong.
    """

    def __init__(self, reason: str, undeliverable: bool = False) -> None:
        super().__init__(reason)
        self.undeliverable = undeliverable


class Delayed(Exception):
    """The provider did not take the message now; `after` is the pause that it asks for."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True)
class Call:
    """One HTTP call of a provider: `target` is path and query as they came, `headers` ignore case."""

    headers: Mapping[str, str]
    body: bytes = b""
    query: Mapping[str, str] = field(default_factory=dict)
    target: str = ""


@dataclass(frozen=True)
class Event:
    """Something an owner sent; `address` is where the answer goes.

    `rank` is the provider's order within the conversation, `sent_at` its clock, `reference` its name for the message
    (which an edit repeats, and `edits` tells); each where the provider has it.
    """

    provider_id: str
    address: str
    kind: Kind
    text: str = ""
    rank: int | None = None
    sent_at: datetime | None = None
    reference: str | None = None
    edits: bool = False


@dataclass(frozen=True)
class Report:
    """What became of a message: `sent`, `delivered`, `read`, `failed` or `undeliverable`, and why.

    `name` is our own name of the message, where the provider gives it back.
    """

    provider_id: str
    state: str
    name: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a call holds. `answer` is the body of our acknowledgement, `media_type` its type."""

    events: Sequence[Event] = ()
    reports: Sequence[Report] = ()
    answer: str = ""
    media_type: str = "text/plain"


class Channel(Protocol):
    """One provider.

    `window`: for how long after the owner's last message anything may be sent; None for ever. `numbers`: choices are
    offered by number. `holds`: all but the first part of an answer waits until it is asked for. `reports`: our own
    name of a message comes back with what became of it.
    """

    name: str
    window: timedelta | None
    numbers: bool
    holds: bool
    reports: bool

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """Return what a call that sets the webhook up is answered, None where there is no such thing.

        Raises Unsigned for a wrong token.
        """

    def read(self, call: Call) -> Reading:
        """Return what a call holds; raises Unsigned before anything is looked at, Unreadable afterwards."""

    def lay_out(self, messages: Sequence[BotMessage]) -> list[Part]:
        """Return an answer as the messages to send, each within the provider's limits."""

    async def send(self, address: str, part: Part, name: str) -> str | None:
        """Hand a message over and return the provider's id of it; raises Refused or Delayed."""
