"""Measure the entities found in the training messages against their annotations: ``python -m benchmarks.entities``.

The rules that find entities learn nothing from these messages, so they may be measured on them. An entity is right when
its kind and its value are; where it begins and ends does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from rasa.shared.nlu.training_data.entities_parser import (
    find_entities_in_training_example,
    replace_entities,
)

from bot.nlu.entities import EntityExtractor
from settings import ROOT
from yaml_files import read_yaml

KINDS = ("location", "country", "sector", "company_size", "amount", "siret", "email", "phone")
LEVELS = {"commune": "com", "departement": "dep", "region": "reg"}
# Overseas, a département and its region are one place; each may be named for the other (docs/labels.md).
ONE_PLACE = {"reg01": "dep971", "reg02": "dep972", "reg03": "dep973", "reg04": "dep974", "reg06": "dep976"}
Said = tuple[str, str]


@dataclass
class Score:
    """How many entities of one kind were found rightly, found wrongly and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Return the share of what is there that was found."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def main(
    errors: str = typer.Option("", help="The kind whose errors to list, as « sector »."),
    part: int = typer.Option(
        -1, help="0 or 1: every other message only, to work on one half and measure on the other."
    ),
) -> None:
    """Print precision, recall and F1 of each kind."""
    rows = [row for at, row in enumerate(annotated(ROOT / "data" / "nlu")) if part < 0 or at % 2 == part]
    scores = measure(rows, EntityExtractor.load())
    typer.echo(f"{'entity':<14}{'precision':>10}{'recall':>8}{'F1':>8}{'number':>8}")
    for kind, score in scores.items():
        number = score.right + score.missed
        typer.echo(f"{kind:<14}{score.precision:10.3f}{score.recall:8.3f}{score.f1:8.3f}{number:8}")
    for what, value, text in scores[errors].errors if errors else ():
        typer.echo(f"{what:<7} {value:<10} {text}")


def annotated(folder: Path) -> Iterator[tuple[str, list[Said]]]:
    """Yield the text of each training message with its entities as (kind, value)."""
    for path in sorted(folder.glob("*.yml")):
        for block in read_yaml(path)["nlu"]:
            for line in _lines(block["examples"]):
                found = find_entities_in_training_example(line)
                yield replace_entities(line), [(each["entity"], str(each["value"])) for each in found]


def measure(rows: list[tuple[str, list[Said]]], extractor: EntityExtractor) -> dict[str, Score]:
    """Return the score of each kind over `rows`."""
    scores = {kind: Score() for kind in KINDS}
    for text, said in rows:
        known, found = (
            Counter(map(_one_place, said)),
            Counter(_said(each) for each in extractor.extract(text)),
        )
        for kind, value in known | found:
            score, there, here = scores.get(kind), known[kind, value], found[kind, value]
            if score is None:
                continue
            score.right += min(there, here)
            score.missed += max(0, there - here)
            score.wrong += max(0, here - there)
            if there != here:
                score.errors.append(("missed" if there > here else "wrong", value, text))
    return scores


def _said(entity: Any) -> Said:
    if entity.entity != "location":
        return entity.entity, str(entity.value)
    return _one_place(("location", LEVELS[entity.additional_info["level"]] + entity.additional_info["code"]))


def _one_place(said: Said) -> Said:
    return said[0], ONE_PLACE.get(said[1], said[1]) if said[0] == "location" else said[1]


def _lines(examples: str | list[dict[str, Any]]) -> list[str]:
    if isinstance(examples, str):
        return [line.removeprefix("- ") for line in examples.splitlines()]
    return [each["text"] for each in examples]


if __name__ == "__main__":
    typer.run(main)
