"""Runs forms: asks, takes answers, passes what is not understood twice, stops on demand, goes on when interrupted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.asides import is_short
from actions.cues import says
from actions.form import Answers, Form, says_any
from actions.form_wording import Question
from actions.memory import AWAITING_FORM, Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome
from actions.services import Services
from actions.turn import Turn
from actions.wording_store import as_button

MOST_TRIES = 2  # a question is asked again once; then the form goes on without an answer


def start(
    services: Services, memory: Memory, form: Form, turn: Turn, given: Answers | None = None
) -> Outcome:
    """Return the opening words and the first question that is still open, or the conclusion where none is.

    `given` are answers that the message holds already.
    """
    opening = services.wording.forms[form.name].opening
    messages, after = _go_on(services, memory, form, given or {}, turn)
    return ([BotMessage(opening)] if opening else []) + messages, after


def take_answer(services: Services, memory: Memory, form: Form, turn: Turn) -> Outcome | None:
    """Return what follows from an answer, a correction, a refusal or a stop; None where the message is none."""
    meant = _meant(services, memory, form, turn)
    if meant is None:
        return None
    if not meant:
        return [BotMessage(response="utter_form_stopped")], closed(memory)
    answers = form.beside(services, memory, turn) | memory.form["answers"] | meant
    messages, after = _go_on(services, memory, form, answers, turn)
    corrects = current_question(services, memory, form).key not in meant
    return [BotMessage(response="utter_form_changed")] * corrects + messages, after


def takes(services: Services, memory: Memory, form: Form, turn: Turn) -> bool:
    """Tell whether the message is an answer, a correction, a refusal or a stop; nothing follows from it yet."""
    return _meant(services, memory, form, turn) is not None


def _meant(services: Services, memory: Memory, form: Form, turn: Turn) -> dict[str, Any] | None:
    """Return the answer that the message gives, to the open question or to an earlier one; an empty one is a stop."""
    question = current_question(services, memory, form)
    words = services.wording.form_words
    # « Je ne sais pas », « arrêter » sound like a no, and are none.
    leaves = says_any(turn.text, [*words.stop, *words.skip])
    value = form.read(services, memory, question, replace(turn, intent="") if leaves else turn)
    if value is not None:
        return {question.key: value}
    if says_any(turn.text, words.stop):
        return {}
    skipped = says_any(turn.text, words.skip) or _declines(question, turn)
    return _changed(services, memory, form, turn) or ({question.key: None} if skipped else None)


def _declines(question: Question, turn: Turn) -> bool:
    """Tell whether a question that may be left open is declined: « non merci » where no yes or no is asked for."""
    return turn.intent == "deny" and is_short(turn) and not question.required


def not_understood(services: Services, memory: Memory, form: Form, turn: Turn) -> Outcome:
    """Say what is wrong with the answer or ask again in other words, once; then go on without an answer."""
    question = current_question(services, memory, form)
    tries = memory.form["tries"] + 1
    if tries < MOST_TRIES:
        # What the message says of a place may have left another question open: this one goes on.
        again = replace(memory, form=memory.form | {"tries": tries}, awaiting=AWAITING_FORM)
        text = form.wrong(services, memory, question, turn) or question.again
        return [_asked(services, question, text or form.ask(services, memory, question))], again
    messages, after = _go_on(services, memory, form, memory.form["answers"] | {question.key: None}, turn)
    return [BotMessage(response="utter_form_skipped"), *messages], after


def resume(services: Services, memory: Memory, form: Form, turn: Turn) -> Outcome:
    """Go on after something else was talked of: ask the open question once more, or what comes next where the
    conversation has learnt its answer meanwhile.
    """
    if memory.form["question"] in form.known(services, memory):
        return _go_on(services, memory, form, memory.form["answers"], turn, back=True)
    question = current_question(services, memory, form)
    return [_asked(services, question, _back(services, memory, form, question))], replace(
        memory, awaiting=AWAITING_FORM
    )


def _back(services: Services, memory: Memory, form: Form, question: Question) -> str:
    """Return the words of a question that say which questions it belongs to."""
    return services.wording.render(
        "form_reminder.txt.j2",
        title=services.wording.forms[form.name].title,
        question=form.ask(services, memory, question),
    )


def how_many_left(services: Services, memory: Memory, form: Form, turn: Turn) -> BotMessage | None:
    """Return how many questions are left; None where the message does not ask for it."""
    if not (is_short(turn) and says(services, "how_many_questions", turn.text)):
        return None
    left = form.left(services, memory)
    return BotMessage(services.wording.render("form_left.txt.j2", left=left))


def current_question(services: Services, memory: Memory, form: Form) -> Question:
    """Return the question that is open."""
    return form.questions(services)[memory.form["question"]]


def _changed(services: Services, memory: Memory, form: Form, turn: Turn) -> dict[str, Any]:
    """Return the earlier answer that the message corrects; nothing where it corrects none, or may correct several."""
    if turn.intent != "correct" and not says_any(turn.text, services.wording.form_words.change):
        return {}
    questions, answers = form.questions(services), memory.form["answers"]
    meant = {key: form.read(services, memory, questions[key], turn) for key in answers if key in questions}
    # Only choices: a question for free text takes any message for its answer.
    chosen = {
        key: value
        for key, value in meant.items()
        if value != answers[key] and value in [choice.code for choice in questions[key].choices]
    }
    return chosen if len(chosen) == 1 else {}


def closed(memory: Memory) -> Memory:
    """Return the memory without the form under way."""
    return replace(memory, form=None, awaiting=None)


def _go_on(
    services: Services, memory: Memory, form: Form, answers: Answers, turn: Turn, back: bool = False
) -> Outcome:
    """Ask the next question, or conclude; `back`: something else was talked of before."""
    answers = {**form.known(services, memory), **answers}
    question = form.next_question(services, answers)
    if question is None:
        kept: dict[str, Any] = dict(answers)
        done = replace(closed(memory), results=memory.results | {form.name: kept})
        return form.conclude(services, done, answers, turn)
    under_way = {"name": form.name, "answers": dict(answers), "question": question.key, "tries": 0}
    memory = replace(memory, form=under_way, awaiting=AWAITING_FORM)
    text = _back(services, memory, form, question) if back else form.ask(services, memory, question)
    return [_asked(services, question, text)], memory


def _asked(services: Services, question: Question, text: str) -> BotMessage:
    words = services.wording.form_words
    leaving = [words.stop_button] if question.required else [words.skip_button, words.stop_button]
    titles = [choice.button for choice in question.choices] + leaving
    return BotMessage(text, buttons=[as_button(title) for title in titles])
