"""« Partager un expert avec d'autres », « Me retirer du groupe »: an interest is registered, looked up, withdrawn."""

from __future__ import annotations

from actions.form import says_any
from actions.form_run import start
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.shared_cdo_facts import NEED
from actions.shared_cdo_form import SharedCdoForm
from actions.shared_cdo_state import forgotten, interests_of, leave_button, state_message
from actions.turn import Turn
from conversations.errors import RecordUnreachable


class SharedCdo(OwnerAction):
    """Asks what to share with whom; says where an interest stands that is registered; deletes it on demand."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_shared_cdo"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Start the questions, or say or delete what is registered."""
        try:
            if says_any(turn.text, [leave_button(services)["title"]]):
                return self._withdraw(services, memory, turn)
            interests = interests_of(services)
            interest = interests.of(turn.sender)
            if interest is None:
                return start(services, memory, SharedCdoForm(), turn)
            interests.told(interest)
        except RecordUnreachable:
            return [BotMessage(response="utter_shared_cdo_unavailable")], memory
        return [state_message(services, interest)], memory

    @staticmethod
    def _withdraw(services: Services, memory: Memory, turn: Turn) -> Outcome:
        withdrawn = interests_of(services).withdraw(turn.sender)
        response = "utter_shared_cdo_withdrawn" if withdrawn else "utter_shared_cdo_nothing"
        buttons = [services.wording.need_button(NEED), services.wording.button("talk_to_human")]
        return [BotMessage(response=response, buttons=buttons)], forgotten(memory)
