"""French names of fields, codes and faults; those of codes come from the knowledge base where it has them."""

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from pydantic import BaseModel

from knowledge.codes import (
    AidKind,
    BodyKind,
    BodyLevel,
    Confidence,
    Cost,
    Need,
    SchemeLevel,
    SchemeStatus,
)
from knowledge.editing.checking import Fault
from knowledge.exporting.csv_files import words_of_codes
from knowledge.sentences import read_sentences
from knowledge.typography import french
from yaml_files import read_yaml

FILE = Path(__file__).with_name("fields.yml")
_LISTS = {
    BodyKind: "kinds",
    BodyLevel: "levels",
    SchemeLevel: "levels",
    Cost: "costs",
    Confidence: "confidences",
    SchemeStatus: "statuses",
    AidKind: "kinds_of_aid",
}


class Words:
    """The words of `fields.yml`."""

    def __init__(self, tree: dict[str, Any]) -> None:
        self._tree = tree
        self._needs = read_sentences("freshness")
        self._environment = Environment(undefined=StrictUndefined, autoescape=False)

    def groups(self, kind: str) -> list[dict[str, Any]]:
        """Return the groups of fields of a kind of record: `title` and `fields`."""
        return self._tree["groups"][kind]

    @property
    def fixed(self) -> frozenset[str]:
        """Return the fields that no form shows."""
        return frozenset(self._tree["fixed"])

    def label(self, model: type[BaseModel], name: str) -> str:
        """Return what a field is called."""
        return self._of(model, name)["label"]

    def help(self, model: type[BaseModel], name: str) -> str:
        """Return how to fill a field in; empty where its label says it all."""
        return french(self._of(model, name)["help"])

    def code(self, code: Enum) -> str:
        """Return the name of a code."""
        if isinstance(code, Need):
            return self._needs.say("needs", code.value)
        known = _LISTS.get(type(code))
        if known:
            return french(words_of_codes()[known][code.value])
        return self._tree["codes"][type(code).__name__.lower()][code.value]

    def confidence(self, code: str) -> str:
        """Return how a record was read, by its code."""
        return self.code(Confidence(code))

    def answer(self, value: bool) -> str:
        """Return yes or no."""
        return self._tree["answers"]["yes" if value else "no"]

    @property
    def missing(self) -> str:
        """Return what is said of a field that must be filled in."""
        return self._tree["faults"]["missing"]

    def reasons(self, reasons: Iterable[Enum]) -> str:
        """Return why a record is to be verified."""
        return ", ".join(self._needs.say("reasons", reason.value) for reason in reasons)

    def fault(self, fault: Fault) -> str:
        """Return what is wrong, as an editor is told it."""
        if fault.code == "form":
            template = self._tree["forms"][fault.values["field"]]
        else:
            template = self._tree["faults"].get(fault.code) or self._tree["faults"]["other"]
        return french(self._environment.from_string(template).render(**fault.values))

    def _of(self, model: type[BaseModel], name: str) -> dict[str, str]:
        fields = self._tree["fields"]
        own = fields[model.__name__.lower()]
        return own[name] if name in own else fields["common"][name]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the words, read once."""
    return Words(read_yaml(FILE))
