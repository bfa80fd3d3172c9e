"""« Combien je peux avoir ? »: the schemes for the need at hand with what they give, worked out."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import PAGE, find
from actions.memory import AWAITING_PLACE, Memory
from actions.messages import BotMessage
from actions.notices import notices
from actions.owner_action import Outcome, OwnerAction
from actions.page import Page
from actions.place import answer_or_ask_place, place_is_open
from actions.services import Services
from actions.turn import Turn, learn

ANY_MONEY = "grants"  # what is meant where no need was stated


class Estimate(OwnerAction):
    """Shows the amounts of up to three schemes, those with a sum first."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_estimate"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Say the amounts, or ask for the place first."""
        known = learn(memory, turn)
        if not known.need:
            known = replace(known, need=ANY_MONEY, other_needs=[], question=turn.text, place_asked=0)
        if place_is_open(known) or known.awaiting == AWAITING_PLACE:
            messages, after = answer_or_ask_place(services, known)
            return [*notices(turn), *messages], after
        return [*notices(turn), *_amounts(services, known)], known


def _amounts(services: Services, memory: Memory) -> list[BotMessage]:
    found = list(find(services, memory, memory.need).funding)
    possible = [item for item in found if item.status != "ended" and item.eligible != "no"]
    possible.sort(key=lambda item: item.estimate is None)
    if not possible:
        buttons = [services.wording.button(act) for act in ("correct", "talk_to_human")]
        return [BotMessage(response="utter_no_amount", buttons=buttons)]
    items = [item.to_dict() for item in possible[:PAGE]]
    page = Page(services, memory, memory.need, 0, len(found), amounts=True)
    return page.messages([], items, {"contacts": [0, 0], "funding": [0, len(items)]})
