"""A message to the owner as the contract has it, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import CollectingDispatcher


@dataclass(frozen=True)
class BotMessage:
    """`text` alone is always a complete answer; `custom` holds the same facts for cards.

    A message named by `response` takes its text from `data/responses/`, with `values` filled in.
    """

    text: str | None = None
    response: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)
    custom: dict[str, Any] | None = None

    def say(self, dispatcher: CollectingDispatcher) -> None:
        """Hand the message to rasa."""
        dispatcher.utter_message(
            text=self.text,
            response=self.response,
            buttons=self.buttons,
            json_message=self.custom,
            **self.values,
        )
