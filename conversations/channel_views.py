"""What the channels' part of the record takes and hands out: plain values without any address in the clear."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

# An event waits, is being asked about, is answered, or was given up.
RECEIVED, ASKING, ANSWERED, GIVEN_UP = "received", "asking", "answered", "given up"
WAITING = (RECEIVED, ASKING)

# A message waits for its turn, waits to be asked for, has left, has arrived, was read, has failed, may not be sent.
DUE, HELD, SENT, DELIVERED, READ = "due", "held", "sent", "delivered", "read"
FAILED, UNDELIVERABLE = "failed", "undeliverable"
COURSE = (DUE, SENT, DELIVERED, READ)
MOST_ERROR = 200


@dataclass(frozen=True)
class Incoming:
    """One event as it comes in. `provider_id`, `digest` and `reference` are keyed hashes, `sealed` is the address.

    `rank` is the provider's own order and `sent_at` its clock, where it says them. `edits` marks a new version of the
    message that `reference` names.
    """

    provider_id: str
    digest: str
    sealed: str
    kind: str
    text: str
    rank: int | None = None
    sent_at: datetime | None = None
    reference: str | None = None
    edits: bool = False


@dataclass(frozen=True)
class Taken:
    """What came of a batch: the events that are new, how many came again, how many conversations began."""

    ids: tuple[int, ...]
    repeated: int
    opened: int


@dataclass(frozen=True)
class Caller:
    """A conversation that one worker has to itself for a while."""

    conversation_id: str
    channel: str
    sealed: str


@dataclass(frozen=True)
class WaitingEvent:
    """The event that is to be answered next; `newest_at` is when the last of those that wait came in.

    `provider_id` is the turn's message id as well: the same event asked again is the same turn.
    """

    id: int
    provider_id: str
    kind: str
    text: str
    attempts: int
    received_at: datetime
    newest_at: datetime
    first: bool


@dataclass(frozen=True)
class Outgoing:
    """A message that one sender has to itself for a while."""

    id: int
    name: str
    channel: str
    sealed: str
    body: dict[str, Any]
    attempts: int
    created_at: datetime
    heard_at: datetime

    def silence(self, now: datetime) -> timedelta:
        """Return for how long the owner has not written."""
        return now - self.heard_at


@dataclass(frozen=True)
class Delivery:
    """What a provider reports of a message, by its (hashed) id and, where it gives it back, by our own name.

    A report may be here before the answer to the call that sent the message; only the name is known then.
    """

    provider_id: str
    state: str
    name: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Trouble:
    """A message that did not arrive, for whoever looks after the channels."""

    conversation_id: str
    channel: str
    state: str
    attempts: int
    error: str | None
    at: datetime
