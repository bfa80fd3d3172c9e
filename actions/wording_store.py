"""The wording of actions: YAML tables and Jinja templates beside this file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.advice import Advice, load_advice
from actions.form_wording import FormWords, SharedWords, load_forms
from knowledge.typography import day, french, number
from yaml_files import read_yaml

_BLANK_LINES = re.compile(r"\n\s*\n")
TABLES = (
    "needs",
    "buttons",
    "places",
    "facts",
    "firm",
    "costs",
    "denials",
    "need_words",
    "languages",
    "after_need",
    "duties",
    "cost_topics",
    "definitions",
    "statuses",
    "what_if",
    "cues",
    "again",
    "requests",
    "areas",
    "payment",
    "leading",
)
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Wording:
    """The tables of `wording/`, one attribute a file, the forms, the rules of advice and the templates by name."""

    needs: dict[str, dict[str, str]]
    buttons: dict[str, str]
    places: dict[str, Any]
    facts: dict[str, str]
    firm: dict[str, list[str]]
    costs: dict[str, str]
    denials: dict[str, list[str]]
    need_words: dict[str, Any]
    languages: dict[str, list[str]]
    duties: dict[str, Any]
    cost_topics: dict[str, Any]
    definitions: dict[str, Any]
    after_need: dict[str, list[str]]
    statuses: dict[str, str]
    what_if: dict[str, Any]
    cues: dict[str, list[str]]
    again: dict[str, Any]
    requests: dict[str, Any]
    areas: dict[str, dict[str, Any]]
    payment: dict[str, Any]
    leading: dict[str, list[dict[str, Any]]]
    forms: dict[str, FormWords]
    form_words: SharedWords
    advice: Advice
    templates: Environment

    def render(self, template: str, **values: Any) -> str:
        """Return the text of a template in French typography, its paragraphs one blank line apart."""
        text = self.templates.get_template(template).render(needs=self.needs, costs=self.costs, **values)
        return french(_BLANK_LINES.sub("\n\n", text).strip())

    def button(self, name: str) -> dict[str, str]:
        """Return the button of an act: it sends what it shows."""
        return as_button(french(self.buttons[name]))

    def buttons_after(self, need: str) -> list[dict[str, str]]:
        """Return what is offered behind the answer to a need, beside the usual."""
        return [as_button(french(text)) for text in self.after_need.get(need, [])]

    def need_button(self, need: str) -> dict[str, str]:
        """Return the button that states a need."""
        return as_button(french(self.needs[need]["button"]))


def as_button(text: str) -> dict[str, str]:
    """Return a button that shows and sends `text`."""
    return {"title": text, "payload": text}


def load_wording() -> Wording:
    """Read the tables and prepare the templates."""
    tables = {name: _table(name) for name in TABLES}
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text: each channel escapes for itself
    )
    forms, shared = load_forms(_HERE / "wording" / "forms")
    facts = tables["facts"]
    templates.filters |= {
        "day": partial(day, first=tables["places"]["first"]),
        "fact": lambda code: facts[code],
        "number": number,
        "status": lambda code: tables["statuses"][code],
    }
    advice = load_advice(_HERE / "wording" / "advice")
    return Wording(templates=templates, forms=forms, form_words=shared, advice=advice, **tables)


def _table(name: str) -> dict[str, Any]:
    return read_yaml(_HERE / "wording" / f"{name}.yml")
