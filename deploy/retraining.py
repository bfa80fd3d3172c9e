"""Trains a model with what was approved in the console, and compares it with the one that answers owners."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from conversations import model_pointer
from conversations.bootstrap import open_record
from conversations.model_runs import ModelRuns, UnknownRun
from conversations.review_bootstrap import open_exports, open_runs
from conversations.review_exports import Exports
from conversations.review_files import preview, write_files
from conversations.review_views import Reading
from conversations.training_lines import read_training
from deploy.errors import NoPresentModel, NotCompared, NothingToTeach, TrainingFailed
from deploy.model import content_hash, forget_old, rasa_environment, train
from settings import ROOT, Settings

# Owners are answered first: a training takes what they leave.
NICENESS = 10
BEAT_SECONDS = 5.0
# Why a training failed, by what was raised.
FAILURES = {
    NothingToTeach: "nothing_new",
    NoPresentModel: "no_model",
    TrainingFailed: "training",
    NotCompared: "measuring",
    OSError: "disk",
}


class Trainer(Protocol):
    """Makes and measures models; takes minutes."""

    def train(self, data: Path, model: Path, log: Path) -> None:
        """Train `model` from the data in a folder; what it says goes to `log`. Raises TrainingFailed."""

    def compare(self, present: Path, candidate: Path, taught: Path, report: Path, log: Path) -> None:
        """Write what both models make of the measuring set to `report`, as JSON. Raises NotCompared."""


class RasaTrainer:
    """Trains and measures with rasa, each in a process of its own that gives its memory back."""

    def __init__(self, root: Path, measuring: Path) -> None:
        self._root, self._measuring = root, measuring

    def train(self, data: Path, model: Path, log: Path) -> None:
        """Train as a start does, with other data."""
        train(self._root, model, data, log)

    def compare(self, present: Path, candidate: Path, taught: Path, report: Path, log: Path) -> None:
        """Ask the benchmarks, by command: they stand above this package."""
        command = [sys.executable, "-m", "benchmarks.comparison", str(present), str(candidate)]
        command += [str(self._measuring), str(report), "--taught", str(taught)]
        with log.open("a") as out:
            done = subprocess.run(
                command, cwd=self._root, stdout=out, stderr=subprocess.STDOUT, env=rasa_environment()
            )
        if done.returncode or not report.exists():
            raise NotCompared(str(log))


@dataclass(frozen=True)
class Retraining:
    """One training after another; `root` holds the sources, `models` the models, `scratch` what is made on the way."""

    runs: ModelRuns
    exports: Exports
    trainer: Trainer
    root: Path
    models: Path
    scratch: Path
    beat_seconds: float = BEAT_SECONDS

    def run(self, run_id: str) -> None:
        """Do what was asked for, and keep what came of it. Raises UnknownRun unless the training waits."""
        run = self.runs.begin(run_id)
        folder = self.scratch / run.id
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "log"
        try:
            self._work(run.id, run.export_id, folder, log)
        except UnknownRun:
            raise
        except Exception as error:
            failure = next((word for kind, word in FAILURES.items() if isinstance(error, kind)), "unexpected")
            self.runs.failed(run.id, failure, _end_of(log))
            if failure == "unexpected":
                raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _work(self, run_id: str, export_id: str, folder: Path, log: Path) -> None:
        log.touch()
        with self._beating(run_id, "preparing", log):
            base = content_hash(self.root)
            present = model_pointer.serving(self.models, base) or self.models / model_pointer.name_of(base)
            if not present.is_file():
                raise NoPresentModel(present.name)
            readings = [each.reading for each in self.exports.messages(export_id)]
            data = candidate_data(self.root, folder, readings)
            candidate = self.models / model_pointer.name_of(content_hash(self.root, data))
        if not candidate.is_file():
            with self._beating(run_id, "training", log):
                self.trainer.train(data, candidate, log)
        with self._beating(run_id, "measuring", log):
            report = self._compared(present, candidate, readings, folder, log)
        self.runs.done(run_id, present.name, candidate.name, base, report)
        for each in (candidate, present):
            each.touch()  # not among the old ones that are forgotten
        forget_old(self.models)

    def _compared(
        self, present: Path, candidate: Path, readings: Sequence[Reading], folder: Path, log: Path
    ) -> dict[str, Any]:
        taught, report = folder / "taught.jsonl", folder / "report.json"
        rows = ({"text": r.text, "intent": r.label, "needs": list(r.needs), "entities": []} for r in readings)
        taught.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        self.trainer.compare(present, candidate, taught, report, log)
        return json.loads(report.read_text(encoding="utf-8"))

    @contextmanager
    def _beating(self, run_id: str, step: str, log: Path) -> Iterator[None]:
        """Give signs of life while the block works."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(self.beat_seconds):
                try:
                    self.runs.beat(run_id, step, _end_of(log))
                except Exception:  # noqa: BLE001  a database that is away for a while must not end a training
                    continue

        self.runs.beat(run_id, step, _end_of(log))
        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def candidate_data(root: Path, folder: Path, readings: Sequence[Reading]) -> Path:
    """Return a copy of the training data in `folder`, with `readings` as the owners' voice.

    Raises NothingToTeach where that changes nothing.
    """
    data = folder / "data"
    shutil.copytree(root / "data", data)
    found = preview(readings, read_training(data / "nlu"))
    if not found.changes:
        raise NothingToTeach
    write_files(data / "nlu", found.files)
    return data


def open_retraining(settings: Settings) -> Retraining:
    """Return the trainings of an installation: record and models of its settings, the sources of this folder."""
    record = open_record(settings.sql_url("conversations"))
    return Retraining(
        runs=open_runs(record),
        exports=open_exports(record),
        trainer=RasaTrainer(ROOT, ROOT / "tests" / "nlu" / "dev.jsonl"),
        root=ROOT,
        models=settings.var / "models",
        scratch=settings.var / "trainings",
    )


def be_nice() -> None:
    """Let everything else on the machine go first; what is started from here too."""
    os.nice(NICENESS)


def _end_of(log: Path, length: int = 20_000) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - length))
        return file.read().decode("utf-8", "replace").replace("\x00", "")
