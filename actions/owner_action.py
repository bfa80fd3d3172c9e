"""The base of every action: message and memory in, messages and memory out."""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.again import unrepeated
from actions.bootstrap import get_services
from actions.memory import AWAITING_FORM, Memory
from actions.messages import BotMessage
from actions.request_news import request_news
from actions.services import Services
from actions.shared_cdo_state import interest_news
from actions.take_along_news import take_along_news
from actions.turn import Turn
from actions.without_knowledge import answer_without
from knowledge.errors import EmptyStore, StoreUnreachable

logger = logging.getLogger(__name__)
Outcome = tuple[list[BotMessage], Memory]


class OwnerAction(Action):
    """An action without rasa: `respond` is what a subject writes.

    An action that `drives_form` asks the questions of a form itself; after any other one, the form goes on: its open
    question is asked once more, or the next one where the message answered it in passing.
    """

    drives_form = False

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
        turn = Turn.of(tracker, services.denied, services.foreign, services.areas, services.firm_words.told)
        other = self.hands_over_to(services, before, turn)
        if other:
            return [FollowupAction(other)]
        try:
            messages, after = self.respond(services, before, turn)
        except (EmptyStore, StoreUnreachable):
            logger.exception("the knowledge base does not answer")
            messages, after = answer_without(services, before, turn)
        if after.form and after.form == before.form and after.awaiting in (None, AWAITING_FORM):
            messages, after = self._resumed(services, messages, after, turn)
        messages = [*_news(services, after, turn), *messages]
        if after.doubts == before.doubts:
            after = replace(after, doubts=0)
        if after.complaints == before.complaints:
            after = replace(after, complaints=0)
        messages, after = unrepeated(services, messages, before, after)
        for message in messages:
            message.say(dispatcher)
        return after.events_since(before)

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Return the name of the action that must answer instead; None for this one."""
        return None

    def _resumed(self, services: Services, messages: list[BotMessage], memory: Memory, turn: Turn) -> Outcome:
        if self.drives_form:
            return messages, memory
        from actions.form_registry import FORMS  # forms conclude with actions, which import this module
        from actions.form_run import resume

        further, memory = resume(services, memory, FORMS[memory.form["name"]], turn)
        return [*messages, *further], memory


def _news(services: Services, memory: Memory, turn: Turn) -> list[BotMessage]:
    """Return what happened outside of the conversation since its last message."""
    told = (request_news, interest_news, take_along_news)
    return [message for news in told for message in news(services, memory, turn)]
