"""Makes any message safe to understand: what an owner types is text, never a command.

Rasa reads ``/restart`` or ``/need_grants{"location": …}`` as an order given by a program. Here nobody gives such
orders: buttons send plain French, so a message that starts with a slash comes from a keyboard.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

# Colours and cursor moves of terminals, whole: their letters are no words.
_ESCAPE = re.compile("\x1b\\[[0-9;]*[A-Za-z]")
# C0 and C1 controls, but not tab and new line; bidirectional overrides and isolates, zero-width characters, BOM.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# U+2215 looks like a slash and is none: same length, so that the places of the entities stay right.
_NOT_A_COMMAND = "\u2215"
# The same order with the other characters that look like a slash.
_COMMAND = re.compile("[" + _NOT_A_COMMAND + "\uff0f\u2044]" + r"[A-Za-z_]+(@[\d.]+)?\s*(\{.*)?$", re.DOTALL)


def harmless(text: str, limit: int) -> str:
    """Return `text` cut at `limit` characters, its control characters blanked and its leading slash defused.

    Every character keeps its place.
    """
    clean = _ESCAPE.sub(lambda found: " " * len(found.group()), text[:limit])
    clean = _CONTROL.sub(" ", clean)
    body = clean.lstrip()
    return clean.replace("/", _NOT_A_COMMAND, 1) if body.startswith("/") else clean


def says_nothing(text: str) -> bool:
    """Tell whether a harmless text is blank or was meant as an order to a program."""
    return not text.strip() or bool(_COMMAND.match(text.strip()))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MessageGuard(GraphComponent):
    """First component of the pipeline; see the module's docstring."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults; `limit` is the number of characters that are read."""
        return {"limit": 2000}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageGuard:
        """Build the component from its configuration."""
        return cls(config["limit"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Make the text of each message harmless."""
        for message in messages:
            message.set(TEXT, harmless(message.get(TEXT) or "", self._limit), add_to_output=True)
        return messages
