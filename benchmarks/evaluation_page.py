"""The evaluation as a page: figures beside the last run, a table a label, what is taken for what, every error."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.scoring import BINS, by_label_f1, confidence_of, intent_of, is_right

_TEMPLATES = Path(__file__).parent / "templates"
Row = dict[str, Any]


def evaluation_page(
    name: str, rows: Sequence[Row], parses: Sequence[Row], figures: dict[str, float], last: dict[str, float]
) -> str:
    """Return the page on the set `name`: its labelled `rows`, what was understood, the figures now and last time."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    pairs = list(zip(rows, parses, strict=True))
    errors = [
        (confidence_of(parse), row["text"], " + ".join(row["needs"]) or row["intent"], intent_of(parse))
        for row, parse in pairs
        if not is_right(row, parse)
    ]
    return environment.get_template("evaluation.html").render(
        name=name,
        day=date.today().isoformat(),
        figures=figures,
        last=last,
        labels=by_label_f1(rows, parses),
        errors=sorted(errors, key=lambda error: -error[0]),
        confusion=_confusion([(row["intent"], intent_of(parse)) for row, parse in pairs]),
        reliability=_reliability([(confidence_of(parse), is_right(row, parse)) for row, parse in pairs]),
    )


def _confusion(answers: Sequence[tuple[str, str]]) -> str:
    """Return the confusion matrix of the labels that are confused, as SVG."""
    pyplot = _pyplot()
    mixed = sorted({label for pair in answers if pair[0] != pair[1] for label in pair})
    counts = Counter(answers)
    figure, axes = pyplot.subplots(figsize=(2 + 0.3 * len(mixed), 2 + 0.3 * len(mixed)))
    shown = [[counts[gold, guess] for guess in mixed] for gold in mixed]
    if mixed:
        axes.imshow(shown, cmap="Blues")
    for y, gold in enumerate(mixed):
        for x, guess in enumerate(mixed):
            if counts[gold, guess]:
                axes.text(x, y, counts[gold, guess], ha="center", va="center", fontsize=8,
                          color="black" if gold == guess else "darkred")  # fmt: skip
    axes.set_xticks(range(len(mixed)), mixed, rotation=90, fontsize=8)
    axes.set_yticks(range(len(mixed)), mixed, fontsize=8)
    axes.set(xlabel="understood as", ylabel="is")
    return _svg(figure)


def _reliability(answers: Sequence[tuple[float, bool]]) -> str:
    """Return how often each tenth of confidence is right, as SVG."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in answers:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    figure, axes = _pyplot().subplots(figsize=(4.5, 4))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    for held in bins.values():
        said, found = (sum(values) / len(held) for values in zip(*held, strict=True))
        axes.scatter([said], [found], s=20 + 400 * len(held) / len(answers), color="tab:blue", alpha=0.7)
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1.05))
    return _svg(figure)


def _pyplot():
    from matplotlib import pyplot  # here: rasa's start is slow enough

    pyplot.switch_backend("Agg")
    return pyplot


def _svg(figure) -> str:
    target = io.StringIO()
    figure.tight_layout()
    figure.savefig(target, format="svg")
    _pyplot().close(figure)
    return target.getvalue()[target.getvalue().index("<svg") :]
