"""The base of every action: message and memory in, messages and memory out."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import get_services
from actions.memory import Memory
from actions.messages import BotMessage
from actions.services import Services
from actions.turn import Turn

Outcome = tuple[list[BotMessage], Memory]


class OwnerAction(Action):
    """An action without rasa: `respond` is what a subject writes."""

    def __init__(self, services: Callable[[], Services] = get_services) -> None:
        self._services = services

    @abstractmethod
    def name(self) -> str:
        """Return the action's name in `domain.yml`."""

    @abstractmethod
    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Return what is said to this message, and what is known after it."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say the outcome and return the change of memory as events."""
        before, services = Memory.of(tracker), self._services()
        messages, after = self.respond(services, before, Turn.of(tracker, services.denied, services.foreign))
        for message in messages:
            message.say(dispatcher)
        return after.events_since(before)
