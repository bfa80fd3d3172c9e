"""« Effacez ma conversation »: asked once, then handed to the portal, which erases and proves it."""

from __future__ import annotations

from dataclasses import replace

from actions.cues import says
from actions.form import Answers, Form
from actions.form_run import start
from actions.form_wording import Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import Turn

NAME = "delete_data"
# The portal erases everything when it sees this (portal/erasure.py); its text is for channels that cannot.
ERASE = {"type": "erase"}


class DeleteDataForm(Form):
    """One question: yes or no."""

    name = NAME

    def learn(self, memory: Memory, question: Question, turn: Turn) -> Memory:
        """Learn nothing more from somebody who wants to be forgotten."""
        return memory

    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Order the erasure after a yes; anything else keeps everything."""
        memory = replace(memory, results={key: kept for key, kept in memory.results.items() if key != NAME})
        if answers.get("sure") != "yes":
            return [BotMessage(response="utter_delete_data_kept")], memory
        return [BotMessage(response="utter_delete_data", custom=ERASE)], memory


class DeleteData(OwnerAction):
    """Asks whether all is to go."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_delete_data"

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Let « inscrivez-moi » be told that this is not done here."""
        enrol = memory.shown and says(services, "enrol", turn.text)
        return "action_offer_choices" if enrol else None

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Ask, whatever form was under way."""
        return start(services, replace(memory, form=None), DeleteDataForm(), turn)
