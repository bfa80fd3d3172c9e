"""Approved messages as training files: the same form as data/nlu, a voice of their own, the same bytes each time."""

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from conversations.likeness import fold
from conversations.review_ranges import annotated
from conversations.review_views import Reading
from conversations.training_lines import NEED, OWNERS, TrainingLine

FOLDER = "owners"  # beside the files of the other voices
TWO_NEEDS = "two_needs"
VERSION = "3.1"


@dataclass(frozen=True)
class Conflict:
    """An approved message that training data holds already under another label."""

    text: str
    label: str
    present_label: str
    file: str


@dataclass(frozen=True)
class Preview:
    """What an export would change.

    `files` are the whole of the owners' voice; what stood there before and is not in them any more is `removed`.
    `added` counts the new messages by label, `present` all messages by label as they are; `conflicts` and `repeated`
    (said by another voice already, under the same label) are left out of the files.
    """

    added: Mapping[str, int]
    present: Mapping[str, int]
    removed: int
    conflicts: tuple[Conflict, ...]
    repeated: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def lines(self) -> int:
        """Return how many messages would be added."""
        return sum(self.added.values())

    @property
    def changes(self) -> bool:
        """Whether the training data would be other than it is."""
        return bool(self.added or self.removed)


def preview(readings: Sequence[Reading], present: Sequence[TrainingLine]) -> Preview:
    """Return the files for `readings`, and what they change in the `present` training data."""
    known = {line.key: line for line in present if line.voice != OWNERS}
    owned = {(line.key, line.label, line.needs) for line in present if line.voice == OWNERS}
    taken, conflicts, repeated = [], [], []
    for reading in readings:
        line = known.get(fold(reading.text))
        if line is None:
            taken.append(reading)
        elif (line.label, line.needs) == (reading.label, reading.needs):
            repeated.append(reading.text)
        else:
            conflicts.append(Conflict(reading.text, reading.label, line.label, line.file))
    wanted = {(fold(each.text), each.label, each.needs) for each in taken}
    return Preview(
        added=dict(sorted(Counter(label for _, label, _ in wanted - owned).items())),
        present=dict(Counter(line.label for line in present)),
        removed=len(owned - wanted),
        conflicts=tuple(conflicts),
        repeated=tuple(repeated),
        files=files(taken),
    )


def write_files(folder: Path, made: Mapping[str, str]) -> None:
    """Put the files of an export below `folder` (data/nlu, or a copy), in place of all that an earlier one left."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files(readings: Sequence[Reading]) -> dict[str, str]:
    """Return the text of each file by its path below data/nlu; none for no readings."""
    ordered = sorted(
        set(readings), key=lambda each: (_stem(each), each.label, each.needs, fold(each.text), each.text)
    )
    return {f"{FOLDER}/{stem}.yml": _file(list(group)) for stem, group in groupby(ordered, key=_stem)}


def _stem(reading: Reading) -> str:
    return TWO_NEEDS if len(reading.needs) > 1 else reading.label.removeprefix(NEED)


def _file(readings: Sequence[Reading]) -> str:
    blocks = []
    for label, group in groupby(readings, key=lambda each: each.label):
        members = list(group)
        plain = [each for each in members if not _metadata(each)]
        told = [each for each in members if _metadata(each)]
        blocks += [_block(label, _Lines("".join(f"- {_said(each)}\n" for each in plain)))] if plain else []
        blocks += [_block(label, [_example(each) for each in told])] if told else []
    return yaml.dump(
        {"version": _Quoted(VERSION), "nlu": blocks},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
    )


def _block(label: str, examples: Any) -> dict[str, Any]:
    return {"intent": label, "metadata": _Inline(voice=OWNERS), "examples": examples}


def _example(reading: Reading) -> dict[str, Any]:
    return {"text": _Quoted(_said(reading)), "metadata": _Inline(_metadata(reading))}


def _metadata(reading: Reading) -> dict[str, Any]:
    if len(reading.needs) > 1:
        return {"needs": list(reading.needs)}
    return {"about": reading.about} if reading.about else {}


def _said(reading: Reading) -> str:
    return annotated(reading.text, reading.entities)


class _Quoted(str):
    """A string in double quotes."""


class _Lines(str):
    """Several lines, kept as they are."""


class _Inline(dict):
    """A mapping on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes the form of data/nlu."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Begin lists where their key begins, as the files of data/nlu do."""
        return super().increase_indent(flow, indentless)


_Dumper.add_representer(_Quoted, lambda d, v: d.represent_scalar("tag:yaml.org,2002:str", str(v), style='"'))
_Dumper.add_representer(_Lines, lambda d, v: d.represent_scalar("tag:yaml.org,2002:str", str(v), style="|"))
_Dumper.add_representer(
    _Inline, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", dict(v), flow_style=True)
)
