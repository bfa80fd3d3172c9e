"""What was understood and done in one turn, read from the tracker."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.collector import kept

RANKED = 5
_INSIDE = ("name", "confidence")


def understood(tracker: DialogueStateTracker | None, model_id: str | None) -> dict[str, Any]:
    """Return intent, ranking, needs, entities, slots, actions run with their times, and model of the latest turn."""
    said = [event for event in tracker.events if isinstance(event, UserUttered)] if tracker else []
    message = said[-1] if said else None
    if message is None:
        nothing = {"intent": None, "intent_ranking": [], "needs": [], "entities": [], "actions": []}
        return nothing | {"slots": _known(tracker), "model_id": model_id}
    ranking = (message.parse_data or {}).get("intent_ranking") or []
    found = message.entities or []
    return {
        "intent": {key: message.intent.get(key) for key in _INSIDE},
        "intent_ranking": [{key: each[key] for key in _INSIDE} for each in ranking[:RANKED]],
        "needs": [each["value"] for each in found if each["entity"] == "need"],
        "entities": [each for each in found if each["entity"] != "need"],
        "slots": _known(tracker),
        "actions": [name for name, _ in _actions_since_message(tracker)],
        "timings": [{"action": name, "ms": took} for name, took in _actions_since_message(tracker)],
        "model_id": model_id,
    }


def answered(tracker: DialogueStateTracker | None, message_id: str | None) -> list[dict[str, Any]]:
    """Return what was said to the message `message_id`, where it was the latest; nothing where it is new."""
    said: list[dict[str, Any]] = []
    for event in reversed(tracker.events if tracker and message_id else []):
        if isinstance(event, BotUttered):
            said.append(kept(event.message()))
        elif isinstance(event, UserUttered):
            return said[::-1] if event.message_id == message_id else []
    return []


def _known(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    values = tracker.current_slot_values() if tracker else {}
    return {name: value for name, value in values.items() if value is not None}


def _actions_since_message(tracker: DialogueStateTracker) -> list[tuple[str, int]]:
    """Return the names of the actions run after the latest message, in order, without listening, and how many
    milliseconds each took, from the choice of it to its end.
    """
    run: list[ActionExecuted] = []
    begun = 0.0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            begun = event.timestamp
            break
        if isinstance(event, ActionExecuted) and event.action_name and event.action_name != "action_listen":
            run.append(event)
    timed = []
    for event in reversed(run):
        timed.append((event.action_name, max(0, round((event.timestamp - begun) * 1000))))
        begun = event.timestamp
    return timed
