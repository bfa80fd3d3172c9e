"""Measure understanding on a labelled set: ``python -m benchmarks.evaluate [SET.jsonl]``."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import statistics
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from benchmarks.evaluation_page import evaluation_page
from benchmarks.scoring import by_label, confidence_of, figures, intent_of, is_right
from deploy.model import model_for, rasa_environment
from settings import ROOT, get_settings

if TYPE_CHECKING:  # rasa is imported after its warnings are silenced
    from rasa.core.agent import Agent

DEV = ROOT / "tests" / "nlu" / "dev.jsonl"


def main(
    labelled: Path = typer.Argument(DEV),
    errors: int = typer.Option(15, help="Errors to show, the surest first."),
) -> None:
    """Print the figures, the weakest labels and the surest errors, beside the figures of the last run."""
    quiet()
    rows = [json.loads(line) for line in labelled.read_text(encoding="utf-8").splitlines()]
    model = model_for(ROOT, get_settings().var / "models")
    agent = asyncio.run(load_understanding(model))
    parses, seconds = asyncio.run(parse_all(agent, [row["text"] for row in rows]))
    found = figures(rows, parses) | {
        "parse_p50_ms": statistics.median(seconds) * 1e3,
        "parse_p95_ms": statistics.quantiles(seconds, n=20)[-1] * 1e3,
    }
    last = _last_run(labelled, found)
    _print_figures(found, last)
    _print_labels(by_label(rows, parses))
    _print_errors(rows, parses, errors)
    page = get_settings().var / f"evaluation-{labelled.stem}.html"
    page.write_text(evaluation_page(labelled.stem, rows, parses, found, last), encoding="utf-8")
    typer.echo(f"\nas a page: {page}")


async def load_understanding(model: Path) -> Agent:
    """Return a rasa agent with `model`; its first message, which pays for what is loaded late, is done."""
    from rasa.core.agent import load_agent

    agent = await load_agent(model_path=str(model))
    await agent.parse_message("bonjour")
    return agent


async def parse_all(agent: Agent, texts: list[str]) -> tuple[list[dict[str, Any]], list[float]]:
    """Return what the agent understands of each text, and the seconds that each took."""
    parses, seconds = [], []
    for text in texts:
        started = time.perf_counter()
        parses.append(await agent.parse_message(text))
        seconds.append(time.perf_counter() - started)
    return parses, seconds


def quiet() -> None:
    """Silence rasa and what it imports; call it before rasa is imported."""
    os.environ.update(rasa_environment())
    warnings.simplefilter("ignore")
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)


def _last_run(labelled: Path, found: dict[str, float]) -> dict[str, float]:
    """Keep these figures for the next run and return those of the run before."""
    kept = get_settings().var / f"evaluation-{labelled.stem}.json"
    last = json.loads(kept.read_text()) if kept.exists() else {}
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found, indent=1))
    return last


def _print_figures(found: dict[str, float], last: dict[str, float]) -> None:
    typer.echo(f"{'figure':<18}{'now':>9}{'last run':>10}")
    for name, value in found.items():
        before = f"{last[name]:10.3f}" if name in last else f"{'–':>10}"
        typer.echo(f"{name:<18}{value:9.3f}{before}")


def _print_labels(labels: dict[str, tuple[int, int]]) -> None:
    typer.echo("\nmain intent, by label")
    for label, (right, total) in sorted(labels.items(), key=lambda item: item[1][0] / item[1][1]):
        typer.echo(f"  {label:<26}{right:>3} of {total}")


def _print_errors(rows: list[dict[str, Any]], parses: list[dict[str, Any]], most: int) -> None:
    wrong = [
        (confidence_of(parse), row, parse)
        for row, parse in zip(rows, parses, strict=True)
        if not is_right(row, parse)
    ]
    typer.echo(f"\n{len(wrong)} errors, the surest first")
    for confidence, row, parse in sorted(wrong, key=lambda item: -item[0])[:most]:
        typer.echo(f"  {confidence:.2f}  {row['text'][:90]}  | {row['intent']} -> {intent_of(parse)}")


if __name__ == "__main__":
    typer.run(main)
