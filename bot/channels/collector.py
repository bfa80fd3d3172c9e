"""Collects the messages of one turn as the contract has them: `{"text", "buttons"?, "custom"?}`."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel

KEPT = ("text", "buttons", "custom")


class TurnCollector(CollectingOutputChannel):
    """Keeps text, buttons and facts of a message together; rasa's own collector splits them."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the message whole."""
        self.messages.append(kept(message))


def kept(message: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the contract, without the empty ones."""
    return {key: message[key] for key in KEPT if message.get(key)}
