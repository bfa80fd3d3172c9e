"""What the record hands out: plain values that outlive any database session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

State = Literal["received", "answered", "failed"]
RECEIVED: State = "received"
ANSWERED: State = "answered"
FAILED: State = "failed"


@dataclass(frozen=True)
class Conversation:
    """One conversation; `id` is what the dialogue engine knows as the sender.

    `territory` is `{"level", "code", "name"}` when it is known, else None. `token_hash` is that of its owner's key.
    """

    id: str
    token_hash: str
    channel: str
    territory: dict[str, Any] | None
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class Message:
    """One line of the transcript; `id` grows with each message of its conversation and is never used again.

    `message_id` and `state` are those of the turn the message belongs to.
    """

    id: int
    author: Literal["owner", "bot"]
    text: str
    buttons: list[dict[str, Any]] | None
    custom: dict[str, Any] | None
    at: datetime
    message_id: str | None
    state: State

    def to_dict(self) -> dict[str, Any]:
        """Return the message as the portal's API shows it."""
        return {
            "id": self.id,
            "from": self.author,
            "text": self.text,
            "buttons": self.buttons,
            "custom": self.custom,
            "at": self.at.isoformat(timespec="milliseconds"),
            "message_id": self.message_id,
            "state": self.state,
        }


@dataclass(frozen=True)
class Turn:
    """What the owner said and what came of it.

    The opening turn has neither `message_id` nor `text`. `understood` is what the dialogue engine reported;
    `failure` says in one word why the last attempt failed.
    """

    id: str
    conversation_id: str
    message_id: str | None
    text: str | None
    state: State
    messages: tuple[Message, ...]
    understood: dict[str, Any] | None
    model_id: str | None
    failure: str | None
    attempts: int
    received_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Opening:
    """An opening nobody has answered yet: its turn, and what the page that opened knew."""

    turn: Turn
    territory: dict[str, Any] | None
    need: str | None
