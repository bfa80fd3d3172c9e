"""The trained model, cached by the content of everything it is made from."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from deploy.errors import TrainingFailed
from deploy.progress import say

# What a model depends on; the action server and the portal are not part of it.
SOURCES = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "bot/nlu/**/*.py",
    "bot/policies/*.py",
    "knowledge/content/territories/*",
    "knowledge/content/vocabularies/*",
    "knowledge/territories/*.py",
    "requirements.lock",
)
KEPT = 3


def model_for(root: Path, models: Path) -> Path:
    """Return the model of the present sources, trained now if there is none."""
    model = models / f"{content_hash(root)[:16]}.tar.gz"
    if model.exists() and model.stat().st_size:
        model.touch()  # in use: not among the old ones that are forgotten
        say("model: up to date")
        return model
    say("model: training, two to four minutes")
    started = time.monotonic()
    models.mkdir(parents=True, exist_ok=True)
    _train(root, model)
    _forget_old(models)
    say(f"model: trained in {time.monotonic() - started:.0f} s")
    return model


def content_hash(root: Path) -> str:
    """Return one hash of the names and contents of all sources."""
    digest = hashlib.sha256()
    for path in sorted(_sources(root)):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources(root: Path) -> Iterable[Path]:
    return {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}


def _train(root: Path, model: Path) -> None:
    """Train beside the place and move it there, so that a stop leaves no half model."""
    log = model.parent / "training.log"
    draft = model.parent / f"draft-{os.getpid()}.tar.gz"
    command = [sys.executable, "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += ["--data", "data/nlu", "data/rules", "data/responses", "--skip-validation", "--force"]
    command += ["--out", str(draft.parent), "--fixed-model-name", draft.name.removesuffix(".tar.gz")]
    with log.open("w") as out:
        done = subprocess.run(command, cwd=root, stdout=out, stderr=subprocess.STDOUT, env=rasa_environment())
    if done.returncode or not draft.exists():
        draft.unlink(missing_ok=True)
        raise TrainingFailed(str(log))
    draft.replace(model)


def rasa_environment() -> dict[str, str]:
    """Return the environment of every rasa process: no telemetry, no noise."""
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONWARNINGS": "ignore",
    }
    return os.environ | quiet


def _forget_old(models: Path) -> None:
    kept = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[KEPT:]:
        path.unlink()
