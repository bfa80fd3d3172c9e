"""What both channels ask of a request: the right secret, a sender and a text."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sanic.request import Request

MOST_CHARACTERS_OF_A_SENDER = 255


class BadTurn(ValueError):
    """A request that is no turn; its words are for the operator of the caller."""


@dataclass(frozen=True)
class TurnRequest:
    """One message of one sender."""

    sender: str
    message: str
    message_id: str | None = None


def read_sender(request: Request) -> tuple[str, dict]:
    """Return the sender and the whole body; raise `BadTurn` where there is none."""
    body = request.json
    sender = body.get("sender") if isinstance(body, dict) else None
    if not isinstance(sender, str) or not 0 < len(sender) <= MOST_CHARACTERS_OF_A_SENDER:
        raise BadTurn("`sender` must be a text of 1 to 255 characters")
    if not _storable(sender):
        raise BadTurn("`sender` must be text that UTF-8 can write")
    return sender, body


def _storable(text: str) -> bool:
    """Tell whether a text can be stored: JSON lets half a character through (\\ud800)."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def read_turn(request: Request) -> TurnRequest:
    """Return the turn asked for; raise `BadTurn` where the body is not one."""
    sender, body = read_sender(request)
    message, message_id = body.get("message"), body.get("message_id")
    if not isinstance(message, str):
        raise BadTurn("`message` must be a text")
    if message_id is not None and not isinstance(message_id, str):
        raise BadTurn("`message_id` must be a text")
    return TurnRequest(sender, message, message_id)


def same_secret(given: str | None, expected: str) -> bool:
    """Compare in constant time, so that the secret cannot be guessed letter by letter."""
    return hmac.compare_digest((given or "").encode(), expected.encode())
