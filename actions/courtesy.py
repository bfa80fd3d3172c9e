"""What is always answered with one response: a greeting, thanks, what the assistant is and keeps."""

from __future__ import annotations

from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.take_along_news import take_along_button
from actions.turn import Turn

RESPONSES = {
    "greet": "utter_greet",
    "goodbye": "utter_goodbye",
    "thank": "utter_thank",
    "feedback_positive": "utter_feedback_positive",
    "help": "utter_help",
    "bot_challenge": "utter_bot_challenge",
    "privacy": "utter_privacy",
}
LEAVING = ("goodbye", "thank", "feedback_positive")


class Courtesy(OwnerAction):
    """Says the response of the intent; saying it through an action keeps it from being said twice running."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_courtesy"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say the response; nothing is learnt."""
        days, request_days = services.kept_days
        values = {
            "utter_greet": {"days": days},
            "utter_privacy": {"days": days, "request_days": request_days},
        }
        response = RESPONSES[turn.intent]
        # Who is about to leave may want to keep what was answered.
        leaving = memory.shown and turn.intent in LEAVING
        buttons = [take_along_button(services)] if leaving else []
        return [BotMessage(response=response, values=values.get(response, {}), buttons=buttons)], memory
