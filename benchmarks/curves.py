"""Two curves of understanding, as a table and a picture: ``python -m benchmarks.curves FOLDER``.

How the share of right main labels grows with the number of voices in the training data, and how it falls as letters are
mistyped. Measured on the labelled sets together; the separators alone are trained.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import typer

from benchmarks.choices import Ours, labelled_examples, training_examples
from benchmarks.evaluate import quiet
from bot.nlu.masking import MASKS
from bot.nlu.mistyping import mistyped, mistyped_copies
from bot.nlu.need_example import Example
from settings import ROOT

SETS = ("dev", "second", "third")
VOICES = (2, 4, 8, 12, 16, 21)
SHARE, RATES = 0.5, (0.03, 0.15)  # as the product trains: `get_default_config` of NeedClassifier
NOISE = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2)
Point = tuple[float, float, float]


def main(folder: Path) -> None:
    """Print both tables and draw `understanding-curves.svg` in `folder`."""
    quiet()
    examples = training_examples()
    measured = [each for name in SETS for each in labelled_examples(ROOT / "tests" / "nlu" / f"{name}.jsonl")]
    learning = [(count, *_shares(_trained(_of_voices(examples, count)), measured)) for count in VOICES]
    noisy = _under_noise(_trained(examples), measured)
    plain = _under_noise(_trained(examples, slips=False), measured)
    tables = {"voices": learning, "letters mistyped": noisy, "the same, trained on clean letters": plain}
    for title, points in tables.items():
        typer.echo(f"{title:<36}{'needs':>8}{'acts':>8}")
        for at, needs, acts in points:
            typer.echo(f"{at:<36}{needs:8.3f}{acts:8.3f}")
    _draw(learning, noisy, plain, folder / "understanding-curves.svg")


def _of_voices(examples: Sequence[Example], count: int) -> list[Example]:
    """Return the messages of `count` voices, drawn in an order that does not change."""
    voices = sorted({each.voice for each in examples})
    random.Random(0).shuffle(voices)
    kept = set(voices[:count])
    return [each for each in examples if each.voice in kept]


def _trained(examples: Sequence[Example], slips: bool = True) -> Ours:
    copies = mistyped_copies(examples, SHARE, RATES, MASKS) if slips else []
    both = [*examples, *copies]
    return Ours().fit([each.text for each in both], [each.label for each in both])


def _under_noise(way: Ours, measured: Sequence[Example]) -> list[Point]:
    return [
        (rate, *_shares(way, [_mistyped(each, rate, number) for number, each in enumerate(measured)]))
        for rate in NOISE
    ]


def _shares(way: Ours, measured: Sequence[Example]) -> tuple[float, float]:
    guesses = way.predict([each.text for each in measured])
    right = [(len(each.needs), each.label == guess) for each, guess in zip(measured, guesses, strict=True)]
    needs, acts = (float(np.mean([hit for held, hit in right if held == count])) for count in (1, 0))
    return needs, acts


def _mistyped(example: Example, rate: float, seed: int) -> Example:
    return replace(example, text=mistyped(example.text, rate, random.Random(seed), MASKS))


def _draw(learning: Sequence[Point], noisy: Sequence[Point], plain: Sequence[Point], target: Path) -> None:
    from matplotlib import pyplot

    pyplot.switch_backend("Agg")
    figure, both = pyplot.subplots(1, 2, figsize=(9, 3.4), sharey=True)
    for axes, points, label in zip(
        both, (learning, noisy), ("voices in training", "letters mistyped"), strict=True
    ):
        at, needs, acts = zip(*points, strict=True)
        axes.plot(at, needs, "o-", label="needs (one-need messages)")
        axes.plot(at, acts, "s-", label="dialogue acts")
        axes.set(xlabel=label, ylim=(0, 1.02))
        axes.grid(alpha=0.3)
    at, needs, acts = zip(*plain, strict=True)
    both[1].plot(at, needs, "C0:", label="needs, trained on clean letters")
    both[1].plot(at, acts, "C1:", label="acts, trained on clean letters")
    both[1].legend()
    both[0].set_ylabel("right main label")
    both[0].legend()
    figure.tight_layout()
    figure.savefig(target)


if __name__ == "__main__":
    typer.run(main)
