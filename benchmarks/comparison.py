"""Compare two models on a labelled set: ``python -m benchmarks.comparison PRESENT CANDIDATE SET.jsonl REPORT.json``."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from benchmarks.scoring import by_label_f1, confidence_of, figures, intent_of, is_right, needs_of

Row = dict[str, Any]
NOTHING = {"messages": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0}


def main(
    present: Path = typer.Argument(help="The model that answers now."),
    candidate: Path = typer.Argument(help="The model that may take its place."),
    labelled: Path = typer.Argument(help="The measuring set."),
    report: Path = typer.Argument(help="Where the report is written, as JSON."),
    taught: Path = typer.Option(
        None, help="Messages taught to the candidate, in the form of the set: only counted."
    ),
) -> None:
    """Write what both models make of the set, side by side."""
    from benchmarks.evaluate import quiet  # rasa is imported after its warnings are silenced

    quiet()
    rows, own = read_rows(labelled), read_rows(taught) if taught else []
    texts = [row["text"] for row in [*rows, *own]]
    before, after = (asyncio.run(_parses(model, texts)) for model in (present, candidate))
    found = compare(rows, before[: len(rows)], after[: len(rows)])
    found["set"] = labelled.stem
    found["taught"] = {
        "messages": len(own),
        "before": _right(own, before[len(rows) :]),
        "after": _right(own, after[len(rows) :]),
    }
    report.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def read_rows(path: Path) -> list[Row]:
    """Return the labelled messages of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def compare(rows: Sequence[Row], before: Sequence[Row], after: Sequence[Row]) -> dict[str, Any]:
    """Return figures, labels, confusions and errors of both models; each pair is before and after.

    `gained` are messages that only the second model understands, `lost` those that only the first one did.
    """
    return {
        "messages": len(rows),
        "figures": _figures(rows, before, after),
        "labels": _labels(rows, before, after),
        "confusions": _confusions(rows, before, after),
        "gained": _turned(rows, before, after, is_right_then=False),
        "lost": _turned(rows, before, after, is_right_then=True),
    }


def _figures(rows: Sequence[Row], before: Sequence[Row], after: Sequence[Row]) -> dict[str, list[float]]:
    first, second = figures(rows, before), figures(rows, after)
    return {name: [value, second.get(name, 0.0)] for name, value in first.items() if name != "messages"}


def _labels(rows: Sequence[Row], before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """Return the scores of each label, those that lost most first."""
    first, second = by_label_f1(rows, before), by_label_f1(rows, after)
    scores = [
        {
            "label": label,
            "before": first[label]._asdict() if label in first else NOTHING,
            "after": second[label]._asdict() if label in second else NOTHING,
        }
        for label in sorted(first | second)
    ]
    return sorted(scores, key=lambda each: (each["after"]["f1"] - each["before"]["f1"], each["label"]))


def _confusions(rows: Sequence[Row], before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """Return how often a label was taken for another one, where that changed."""
    first, second = (
        Counter((row["intent"], intent_of(parse)) for row, parse in zip(rows, parses, strict=True))
        for parses in (before, after)
    )
    return [
        {"label": label, "taken_for": other, "before": first[label, other], "after": second[label, other]}
        for label, other in sorted(first | second)
        if label != other and first[label, other] != second[label, other]
    ]


def _turned(
    rows: Sequence[Row], before: Sequence[Row], after: Sequence[Row], is_right_then: bool
) -> list[Row]:
    """Return the messages that one model alone understands: the first one where `is_right_then`."""
    found = []
    for row, then, now in zip(rows, before, after, strict=True):
        if _understood(row, then) == is_right_then and _understood(row, now) != is_right_then:
            found.append(
                {"text": row["text"], "label": _said(row), "before": _heard(then), "after": _heard(now)}
            )
    return sorted(found, key=lambda each: -each["after"]["confidence"])


def _understood(row: Row, parse: Row) -> bool:
    """Tell whether the main label is right, and every need is found where there are several."""
    return is_right(row, parse) and (len(row["needs"]) < 2 or set(row["needs"]) <= set(needs_of(parse)))


def _said(row: Row) -> list[str]:
    return row["needs"] or [row["intent"]]


def _heard(parse: Row) -> Row:
    return {"labels": needs_of(parse) or [intent_of(parse)], "confidence": round(confidence_of(parse), 3)}


def _right(rows: Sequence[Row], parses: Sequence[Row]) -> int:
    return sum(_understood(row, parse) for row, parse in zip(rows, parses, strict=True))


async def _parses(model: Path, texts: list[str]) -> list[Row]:
    from benchmarks.evaluate import load_understanding, parse_all

    agent = await load_understanding(model)
    parses, _ = await parse_all(agent, texts)
    return parses


if __name__ == "__main__":
    typer.run(main)
