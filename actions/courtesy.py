"""What is always answered with one response: a greeting, thanks, what the assistant is and keeps."""

from __future__ import annotations

from actions.asides import is_short
from actions.cues import says
from actions.memory import Memory
from actions.messages import BotMessage
from actions.next_step import action_of_next_step
from actions.notices import notices
from actions.our_limits import our_limits
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.take_along_news import take_along_button
from actions.take_information import ask_need
from actions.turn import Turn, learn

CHALLENGE = "bot_challenge"
RESPONSES = {
    "greet": "utter_greet",
    "goodbye": "utter_goodbye",
    "thank": "utter_thank",
    "feedback_positive": "utter_feedback_positive",
    "help": "utter_help",
    CHALLENGE: "utter_bot_challenge",
    "privacy": "utter_privacy",
}
LEAVING = ("goodbye", "thank", "feedback_positive")


class Courtesy(OwnerAction):
    """Says the response of the intent; saying it through an action keeps it from being said twice running."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_courtesy"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let what hardly sounds like a question about robots, and names none, be a message in doubt; and « comment ça
        marche ? » behind an answer be about that answer.
        """
        if turn.intent == "help" and not is_leaving(services, memory, turn):
            return action_of_next_step(services, memory, turn) or _about_our_limits(services, memory, turn)
        doubtful = turn.intent == CHALLENGE and not turn.sure
        return "action_offer_choices" if doubtful and not says(services, "robot", turn.text) else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say the response and keep what the message says of the firm; who says where with a greeting is asked for the
        need.
        """
        known = learn(memory, turn)
        told_where = known.place != memory.place or known.place_choices
        if turn.intent == "greet" and told_where and not memory.need:
            return [*notices(turn), *ask_need(services, known)], known
        if is_leaving(services, memory, turn):
            said = services.wording.render("will_call.txt.j2")
            return [BotMessage(said, buttons=[take_along_button(services)])], known
        days, request_days = services.kept_days
        values = {
            "utter_greet": {"days": days},
            "utter_privacy": {"days": days, "request_days": request_days},
        }
        response = RESPONSES[turn.intent]
        # Who is about to leave may want to keep what was answered.
        leaving = memory.shown and turn.intent in LEAVING
        buttons = [take_along_button(services)] if leaving else []
        return [BotMessage(response=response, values=values.get(response, {}), buttons=buttons)], known


def is_leaving(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether a few words behind an answer say that its contacts will be called."""
    return bool(memory.shown) and is_short(turn) and says(services, "will_call", turn.text)


def _about_our_limits(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return the action that says what is not done here, to who asks for it in a few words behind an answer."""
    return "action_offer_choices" if is_short(turn) and our_limits(services, memory, turn) else None
