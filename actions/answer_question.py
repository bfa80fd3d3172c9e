"""Whatever is said while a form has a question open: an answer, a stop, or something else first."""

from __future__ import annotations

from actions import form_run
from actions.form import Form, pressed, says_any
from actions.form_registry import FORMS
from actions.form_wording import Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome, OwnerAction
from actions.services import Services
from actions.turn import NEED_PREFIX, Turn
from knowledge.codes import ABROAD

# Below this confidence a message is an answer that was not understood, not another subject.
SURE = 0.75
# What asks something, where its words do: no answer, whatever words of one it holds.
QUESTIONS = {"ask_cost", "ask_definition", "privacy", "delete_data", "bot_challenge", "help"}
# Questions for an address: what holds a sign of one is an answer, whatever it resembles.
AT, ADDRESSES = "@", {"reach", "email"}
# What rasa answers by an action of its own, which no rule names.
RASAS_OWN = {"restart": "action_restart"}
# What answers look like: never another subject by themselves.
ANSWERS = {"inform", "correct", "affirm", "deny", "out_of_scope", "feedback_negative"}


class AnswerQuestion(OwnerAction):
    """Takes the answer, or lets the other subject be answered and asks again after it."""

    drives_form = True

    def name(self) -> str:
        """Return the action's name."""
        return "action_answer_question"

    def respond(self, services: Services, memory: Memory, turn: Turn) -> Outcome:
        """Go on with the form, or ask again."""
        form = FORMS[memory.form["name"]]
        known = form.learn(memory, form_run.current_question(services, memory, form), turn)
        aside = _aside(services, memory, form, turn)
        if aside:
            messages, after = form_run.resume(services, known, form, turn)
            return [aside, *messages], after
        taken = None if _asks(services, turn) else form_run.take_answer(services, known, form, turn)
        if taken:
            return taken
        return form_run.not_understood(services, known, form, turn)

    def hands_over_to(self, services: Services, memory: Memory, turn: Turn) -> str | None:
        """Return the action that answers the message, where it is another subject that has one."""
        form = FORMS[memory.form["name"]]
        action = RASAS_OWN.get(turn.intent) or services.routes.get(turn.intent)
        if _aside(services, memory, form, turn):
            return None
        if _another_country(services, memory, form, turn):
            return "action_take_information"
        question = form_run.current_question(services, memory, form)
        if not _other_subject(form, turn) or (AT in turn.text and question.key in ADDRESSES):
            return None
        elsewhere = _asks(services, turn) or _wishes(services, question, turn)
        return action if elsewhere or not form_run.takes(services, memory, form, turn) else None


def _aside(services: Services, memory: Memory, form: Form, turn: Turn) -> BotMessage | None:
    """Return what answers a question about the form under way; None where the message is none."""
    return form.aside(services, turn) or form_run.how_many_left(services, memory, form, turn)


def _another_country(services: Services, memory: Memory, form: Form, turn: Turn) -> bool:
    """Tell whether a message asks about another country for the need at hand: « et pour l'Italie ? »."""
    abroad = turn.countries and any(need in ABROAD for need in memory.needs)
    return bool(abroad) and turn.intent in ANSWERS and not form_run.takes(services, memory, form, turn)


def _other_subject(form: Form, turn: Turn) -> bool:
    """Tell whether a message is surely about something else; what starts the form under way is not."""
    own = {form.name, NEED_PREFIX + form.name}
    return turn.confidence >= SURE and turn.intent not in ANSWERS | own


def _wishes(services: Services, question: Question, turn: Turn) -> bool:
    """Tell whether a message states a need as a wish (« il me faut un site ») where no wish is asked for; a button is
    an answer, whatever it says.
    """
    if question.wishes or not turn.needs or pressed(question.choices, turn.text):
        return False
    return says_any(turn.text, services.wording.form_words.wish)


def _asks(services: Services, turn: Turn) -> bool:
    """Tell whether a message surely asks something, in its words too."""
    asks = "?" in turn.text or says_any(turn.text, services.wording.form_words.asks)
    return asks and turn.confidence >= SURE and turn.intent in QUESTIONS
