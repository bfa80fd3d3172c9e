"""The words of forms, read from `wording/forms/`: one file a form, one for what all forms share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra

from knowledge.typography import french
from yaml_files import read_yaml

SHARED = "shared"


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True


class Choice(_Strict):
    """One answer that a question offers: `button` is shown and sent, `words` are those that mean it too."""

    code: str
    button: str
    words: Sequence[str] = ()


class Question(_Strict):
    """One question: what is asked, what is said when the answer was not understood, and the choices offered.

    A question that must be answered has no button to pass it by. Without `facts` an answer tells nothing about the firm
    (« Boulanger » is a name there). With `wishes` it asks what is wanted, so a need stated as a wish is its answer.
    """

    key: str
    ask: str
    again: str | None = None
    choices: Sequence[Choice] = ()
    required: bool = False
    facts: bool = True
    wishes: bool = False


class FormWords(_Strict):
    """One form: how it is named in a sentence, what is said when it opens, and its questions in order."""

    title: str
    opening: str | None = None
    questions: dict[str, Question]


class SharedWords(_Strict):
    """What means « pass this question », « stop », « I change an answer », « I ask something » and « I want something »
    in every form.
    """

    skip: Sequence[str]
    stop: Sequence[str]
    change: Sequence[str]
    asks: Sequence[str]
    wish: Sequence[str]
    skip_button: str
    stop_button: str


def load_forms(folder: Path) -> tuple[dict[str, FormWords], SharedWords]:
    """Return the forms by name and what they share, in French typography; unknown keys are refused."""
    tables = {path.stem: read_yaml(path) for path in sorted(folder.glob("*.yml"))}
    shared = SharedWords(**tables.pop(SHARED))
    return {name: _form(table) for name, table in tables.items()}, shared


def _form(table: dict[str, Any]) -> FormWords:
    questions = {key: _question(key, each) for key, each in table.pop("questions").items()}
    opening = table.pop("opening", None)
    return FormWords(questions=questions, opening=opening and french(opening), **table)


def _question(key: str, table: dict[str, Any]) -> Question:
    choices = [Choice(**each | {"button": french(each["button"])}) for each in table.pop("choices", [])]
    again = table.pop("again", None)
    return Question(
        key=key, ask=french(table.pop("ask")), again=again and french(again), choices=choices, **table
    )
