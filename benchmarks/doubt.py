"""What a threshold of doubt costs and saves, on voices that were not trained on: ``python -m benchmarks.doubt``."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
import typer

from benchmarks.evaluate import quiet
from deploy.model import model_for
from settings import ROOT, get_settings

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main() -> None:
    """Print a line a threshold: how many messages are answered at once, and how many of all are answered wrongly."""
    quiet()
    unseen = trained_model(model_for(ROOT, get_settings().var / "models")).unseen
    typer.echo(f"{'doubt below':<14}{'answered':>10}{'confident and wrong':>22}")
    for threshold, answered, wrong in curve(unseen, THRESHOLDS):
        typer.echo(f"{threshold:<14}{answered:>10.1%}{wrong:>22.1%}")


def curve(
    unseen: Sequence[tuple[float, bool]], thresholds: Sequence[float]
) -> list[tuple[float, float, float]]:
    """Return for each threshold the share of messages at or above it, and of those both above it and wrong.

    `unseen` are pairs of confidence and whether the main label was right.
    """
    sure, right = (np.array(column) for column in zip(*unseen, strict=True))
    return [
        (each, float((sure >= each).mean()), float((~right & (sure >= each)).mean())) for each in thresholds
    ]


def trained_model(archive: Path):
    """Return the `NeedModel` inside a model that rasa has stored."""
    with tarfile.open(archive) as stored:
        name = next(each for each in stored.getnames() if each.endswith("need_model.joblib"))
        return joblib.load(io.BytesIO(stored.extractfile(name).read()))


if __name__ == "__main__":
    typer.run(main)
