"""Reads labelled messages: the files that the model is trained on, and the sets that measure it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conversations.likeness import fold
from yaml_files import read_yaml

NEED = "need_"
# The voice of what owners really wrote, once it was reviewed.
OWNERS = "owners"
# « [Quimper](location:com29232) »: the text of an entity, then its kind and value.
_MARKED = re.compile(r"\[([^\]]+?)\]\([^)]+?\)")


@dataclass(frozen=True)
class TrainingLine:
    """One labelled message: its label, its needs (most important first; none for an act), who would write so.

    `folded` is the text as messages are compared, empty where nobody has made it yet.
    """

    text: str
    label: str
    needs: tuple[str, ...]
    voice: str
    file: str
    folded: str = field(default="", compare=False, repr=False)

    @property
    def key(self) -> str:
        """Return the text as messages are compared."""
        return self.folded or fold(self.text)


def read_training(folder: Path) -> list[TrainingLine]:
    """Return the messages of all files of a folder and its own folders, entities' marks taken off."""
    return [line for path in sorted(folder.rglob("*.yml")) for line in _read(path)]


def read_measuring(files: Iterable[Path]) -> list[str]:
    """Return the texts of measuring sets (one JSON object a line)."""
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return [json.loads(line)["text"] for line in lines]


def unmarked(text: str) -> str:
    """Return a message of a training file as its owner would have written it."""
    return _MARKED.sub(r"\1", text)


def _read(path: Path) -> Iterator[TrainingLine]:
    content = read_yaml(path)
    for block in content["nlu"]:
        label, voice = block["intent"], block["metadata"]["voice"]
        own = (label.removeprefix(NEED),) if label.startswith(NEED) else ()
        for line in _lines(block["examples"]):
            needs = tuple(line.get("metadata", {}).get("needs", own))
            yield TrainingLine(unmarked(line["text"]), label, needs, voice, path.stem)


def _lines(examples: str | list[dict[str, Any]]) -> list[dict[str, Any]]:
    if isinstance(examples, str):
        return [{"text": line.removeprefix("- ")} for line in examples.splitlines()]
    return examples
