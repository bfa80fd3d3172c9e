"""« Autre », « plus de contacts »: the next page of the last answer."""

from __future__ import annotations

from actions.answer import next_pages
from actions.memory import Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.place import answer_or_ask_place
from actions.services import Services
from actions.take_information import ask_need
from actions.turn import Turn, learn


class MoreResults(OwnerAction):
    """Shows what was not shown yet; says so when that is all."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_more_results"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Go on in the list, or start a new one where the message names a new fact."""
        known = learn(memory, turn)
        if not known.need:
            return [*notices(turn), *ask_need(services, known)], known
        if known.firm != memory.firm or not known.shown:
            messages, after = answer_or_ask_place(services, known)
        else:
            messages, after = next_pages(services, known)
        return [*notices(turn), *(messages or [_all_shown(services)])], after


def _all_shown(services: Services) -> BotMessage:
    buttons = [services.wording.button(act) for act in ("correct", "talk_to_human")]
    return BotMessage(response="utter_no_more_results", buttons=buttons)
