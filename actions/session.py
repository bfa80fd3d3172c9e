"""The start of a conversation: what the page already knows, and the greeting where the page asks for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.again import key_of
from actions.bootstrap import get_services
from actions.memory import Memory
from actions.messages import BotMessage
from actions.place import answer_or_ask_place
from actions.services import Services
from actions.take_information import ask_need
from knowledge.territories import UnknownTerritory


class SessionStart(Action):
    """Replaces rasa's own session start; its metadata are `{"greet", "territory"?, "need"?}`."""

    def __init__(self, services: Callable[[], Services] = get_services) -> None:
        self._services = services

    def name(self) -> str:
        """Return the action's name, which rasa gives."""
        return "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Keep what is known, take what the page says, and greet if asked to."""
        metadata = tracker.get_slot("session_started_metadata") or {}
        before = Memory.of(tracker)
        services = self._services()
        after = _from_page(services, before, metadata)
        if metadata.get("greet"):
            messages, after = _greeting(services, after)
            after = replace(after, said=[key_of(message) for message in messages])
            for message in messages:
                message.say(dispatcher)
        kept = [SlotSet(name, value) for name, value in vars(before).items() if value]
        return [SessionStarted(), *kept, *after.events_since(before), ActionExecuted("action_listen")]


def _from_page(services: Services, memory: Memory, metadata: dict[str, Any]) -> Memory:
    """Return the memory with the place and need that the page gives; what is unknown is left out."""
    need = metadata.get("need") if metadata.get("need") in services.wording.needs else memory.need
    return replace(memory, need=need, place=_place(services, metadata.get("territory")) or memory.place)


def _place(services: Services, territory: dict[str, str] | str | None) -> dict[str, str] | None:
    """Return the place of a page: `{"level", "code"}`, or as an owner would write it."""
    if isinstance(territory, str):
        found = services.territories.search(territory)
        return {"level": found[0].level, "code": found[0].code} if found else None
    try:
        place = services.place(territory)
    except (UnknownTerritory, KeyError):
        return None
    return {"level": place.level, "code": place.code} if place else None


def _greeting(services: Services, memory: Memory) -> tuple[list[BotMessage], Memory]:
    if memory.need:
        messages, after = answer_or_ask_place(services, memory)
    else:
        messages, after = ask_need(services, memory), memory
    hello = BotMessage(response="utter_greet", values={"days": services.kept_days[0]})
    return [hello, *messages], after
