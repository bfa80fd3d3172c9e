"""Short series of questions with one subject: what a form is. `form_run` runs them, one file a subject holds each.

Rasa's own forms are not used; docs/decisions/0006-forms.md says why.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from actions.form_wording import Choice, Question
from actions.memory import Memory
from actions.messages import BotMessage
from actions.owner_action import Outcome
from actions.phrases import said
from actions.services import Services
from actions.turn import Turn, learn, learn_contact
from knowledge.guidance.words import alike, plain

Answers = Mapping[str, Any]


class Form(ABC):
    """The questions of one subject, in the order of `wording/forms/<name>.yml`, and what follows from the answers.

    A question that the owner could not or would not answer has the answer None.
    """

    name: ClassVar[str]
    # Answers that are assumed where the questions still to come are counted.
    hoped: ClassVar[Answers] = {}

    def questions(self, services: Services) -> dict[str, Question]:
        """Return the questions by key, in order."""
        return services.wording.forms[self.name].questions

    def applies(self, key: str, answers: Answers) -> bool:
        """Tell whether question `key` is asked after these answers."""
        return True

    def next_question(self, services: Services, answers: Answers) -> Question | None:
        """Return the first question that applies and has no answer yet."""
        open_ones = (
            each
            for key, each in self.questions(services).items()
            if key not in answers and self.applies(key, answers)
        )
        return next(open_ones, None)

    def left(self, services: Services, memory: Memory) -> int:
        """Return how many questions are left while the form is under way, the open one with them."""
        told = {**self.known(services, memory), **memory.form["answers"]}
        hoped = {**self.hoped, **told}
        return sum(key not in told and self.applies(key, hoped) for key in self.questions(services))

    def ask(self, services: Services, memory: Memory, question: Question) -> str:
        """Return the words of a question; a form whose questions depend on what is known fills them in here."""
        return question.ask

    def read(self, services: Services, memory: Memory, question: Question, turn: Turn) -> Any | None:
        """Return the answer that the message gives to `question`, as plain data; None where it gives none."""
        return choice_of(question.choices, turn)

    def learn(self, memory: Memory, question: Question, turn: Turn) -> Memory:
        """Return the memory with what the message tells while `question` is open."""
        return learn(memory, turn) if question.facts else learn_contact(memory, turn)

    def beside(self, services: Services, memory: Memory, turn: Turn) -> Answers:
        """Return answers to other questions that stand beside the one to the open question."""
        return {}

    def aside(self, services: Services, turn: Turn) -> BotMessage | None:
        """Return what is said to a question about the form itself, before its open question is asked again; None where
        the message is none.
        """
        return None

    def wrong(self, services: Services, memory: Memory, question: Question, turn: Turn) -> str | None:
        """Return what is said to an answer that cannot be right, with the question; None for the usual words."""
        return None

    def known(self, services: Services, memory: Memory) -> Answers:
        """Return the answers that the conversation knows already: nothing is asked twice."""
        return {}

    @abstractmethod
    def conclude(self, services: Services, memory: Memory, answers: Answers, turn: Turn) -> Outcome:
        """Return what is said when all is answered, and what is known then; `memory` holds no form any more."""


def choice_of(choices: Sequence[Choice], turn: Turn) -> str | None:
    """Return the code of the choice that a message means: its button, its number, its words, or a yes or no.

    None where no choice or more than one is meant.
    """
    chosen = pressed(choices, turn.text)
    if chosen:
        return chosen
    meant = said(turn.text, {choice.code: choice.words for choice in choices}, turn.denied)
    if len(meant) == 1:
        return meant[0]
    answer = {"affirm": "yes", "deny": "no"}.get(turn.intent)
    return answer if not meant and answer in {choice.code for choice in choices} else None


def pressed(choices: Sequence[Choice], text: str) -> str | None:
    """Return the code of the choice whose button or number a text is; None where it is none."""
    words = plain(text)
    numbered = enumerate(choices, start=1)
    return next((each.code for at, each in numbered if words in (plain(each.button), str(at))), None)


def says_any(text: str, phrases: Sequence[str]) -> bool:
    """Tell whether a text holds one of the phrases, accents, case and slips in long words aside."""
    words = plain(text)
    return any(_says(words, plain(phrase)) for phrase in phrases)


def _says(text: str, phrase: str) -> bool:
    """Tell whether plain words hold a plain phrase; only a word that stands alone is looked for with slips."""
    if f" {phrase} " in f" {text} ":
        return True
    return " " not in phrase and any(alike(word, phrase) for word in text.split())
