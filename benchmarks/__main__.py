"""Speed and size, as ratios to stock rasa side by side in one run: ``python -m benchmarks compare`` (`make bench`).

Stock is rasa's own linear pipeline (whitespace tokens, count vectors of words and pieces of words, logistic
regression), DIET what rasa starts a French project with; all are trained on the same messages in the same run.
DIET's 100 epochs take hours: it is trained for as many as asked, which changes neither its speed nor its size.
Each pipeline is loaded in a process of its own, so that memory can be told apart.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import typer
import yaml

from benchmarks.entities import annotated
from benchmarks.evaluate import DEV, load_understanding, parse_all, quiet
from deploy.model import model_for, rasa_environment
from settings import ROOT, get_settings
from yaml_files import read_yaml

CONFIGURATIONS = {"ours": ROOT / "config.yml", "stock": ROOT / "benchmarks" / "stock.yml"}
DIET = ROOT / "benchmarks" / "diet.yml"
RUNS = 3
cli = typer.Typer(add_completion=False)


@cli.command()
def compare(
    diet_epochs: int = typer.Option(0, min=0, help="Also train DIET, for this many of its 100 epochs."),
) -> None:
    """Train all, measure all, print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        configurations = dict(CONFIGURATIONS)
        if diet_epochs:
            configurations["diet"] = _diet(diet_epochs, folder)
        found = {name: _measured(name, path, folder) for name, path in configurations.items()}
    ours, *others = found
    typer.echo(f"{'figure':<16}{ours:>10}" + "".join(f"{name:>10}{'ratio':>8}" for name in others))
    for figure, own in found[ours].items():
        line = "".join(f"{found[name][figure]:10.2f}{own / found[name][figure]:8.2f}" for name in others)
        typer.echo(f"{figure:<16}{own:10.2f}{line}")


def _diet(epochs: int, folder: Path) -> Path:
    """Write DIET's configuration with this many epochs; return where."""
    configuration = read_yaml(DIET)
    for component in configuration["pipeline"]:
        if "epochs" in component:
            component["epochs"] = epochs
    path = folder / DIET.name
    path.write_text(yaml.safe_dump(configuration), encoding="utf-8")
    return path


@cli.command(hidden=True)
def measure(model: Path) -> None:
    """Print the figures of one loaded model as JSON."""
    quiet()
    texts = [json.loads(line)["text"] for line in DEV.read_text(encoding="utf-8").splitlines()] * RUNS
    started = time.perf_counter()
    agent = asyncio.run(load_understanding(model))
    loading = time.perf_counter() - started
    _, seconds = asyncio.run(parse_all(agent, texts))
    figures = {
        "load_s": loading,
        "parse_p50_ms": statistics.median(seconds) * 1e3,
        "parse_p95_ms": statistics.quantiles(seconds, n=20)[-1] * 1e3,
        "memory_mb": _resident_mb(),
        "model_mb": model.stat().st_size / 1e6,
    }
    typer.echo(json.dumps(figures))


@cli.command()
def memory(
    messages: int = typer.Option(20_000, help="How many of the training messages to parse."),
    every: int = typer.Option(2_000, help="After how many of them to say the memory of the process."),
) -> None:
    """Parse thousands of different messages in one process and print its memory as it goes."""
    quiet()
    texts = [text for text, _ in islice(annotated(ROOT / "data" / "nlu"), messages)]
    agent = asyncio.run(load_understanding(model_for(ROOT, get_settings().var / "models")))
    typer.echo(f"{'messages':>9}{'MB':>9}{'median ms':>11}")
    for start in range(0, len(texts), every):
        _, seconds = asyncio.run(parse_all(agent, texts[start : start + every]))
        typer.echo(f"{start + every:>9}{_resident_mb():>9.0f}{statistics.median(seconds) * 1e3:>11.2f}")


def _measured(name: str, configuration: Path, folder: Path) -> dict[str, float]:
    started = time.perf_counter()
    _run("rasa", "train", "nlu", "--config", str(configuration), "--domain", "domain.yml", "--nlu", "data/nlu",
         "--out", str(folder), "--fixed-model-name", name)  # fmt: skip
    training = time.perf_counter() - started
    said = _run("benchmarks", "measure", str(folder / f"{name}.tar.gz"))
    return {"training_s": training} | json.loads(said.strip().splitlines()[-1])


def _run(*words: str) -> str:
    command = [sys.executable, "-m", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=rasa_environment(), capture_output=True, text=True, check=True
    )
    return done.stdout


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    cli()
