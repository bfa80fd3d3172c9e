"""The trained model, cached by the content of everything it is made from."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from conversations import model_pointer
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
    model = models / model_pointer.name_of(content_hash(root))
    if model.exists() and model.stat().st_size:
        model.touch()  # in use: not among the old ones that are forgotten
        say("model: up to date")
        return model
    say("model: training, three to twelve minutes")
    started = time.monotonic()
    models.mkdir(parents=True, exist_ok=True)
    train(root, model)
    forget_old(models)
    say(f"model: trained in {time.monotonic() - started:.0f} s")
    return model


def serving_model(root: Path, models: Path) -> Path:
    """Return the model that answers owners: the promoted one where it was made of the present sources, else theirs."""
    promoted = model_pointer.serving(models, content_hash(root))
    if promoted is None:
        if model_pointer.read_pointer(models):
            say(
                "model: the promoted one is gone, or was made of other sources; train it again in the console"
            )
        return model_for(root, models)
    promoted.touch()
    say("model: the promoted one")
    return promoted


def content_hash(root: Path, data: Path | None = None) -> str:
    """Return one hash of the names and contents of all sources; `data` stands in place of the folder of that name."""
    digest = hashlib.sha256()
    sources = _sources(root, data or root / "data")
    for name, path in sorted(sources, key=lambda source: Path(source[0]).parts):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources(root: Path, data: Path) -> Iterable[tuple[str, Path]]:
    """Return the sources with their names below `root`, whatever folder the data stands in."""
    found = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    own = {path for path in found if (root / "data") not in path.parents}
    yield from ((str(path.relative_to(root)), path) for path in own)
    yield from ((f"data/{path.relative_to(data)}", path) for path in data.glob("**/*.yml") if path.is_file())


def train(root: Path, model: Path, data: Path | None = None, log: Path | None = None) -> None:
    """Train `model` from the sources, with the folder `data` in place of theirs; what rasa says goes to `log`.

    It is trained beside the place and moved there, so that a stop leaves no half model. Raises TrainingFailed.
    """
    log, data = log or model.parent / "training.log", data or root / "data"
    draft = model.parent / f"draft-{os.getpid()}.tar.gz"
    command = [sys.executable, "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += ["--data", *(str(data / part) for part in ("nlu", "rules", "responses"))]
    command += ["--skip-validation", "--force", "--out", str(draft.parent)]
    command += ["--fixed-model-name", draft.name.removesuffix(".tar.gz")]
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


def forget_old(models: Path) -> None:
    """Delete old models: all but the latest, the promoted one and those promoted before it."""
    latest = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in latest[KEPT:]:
        if path.name not in model_pointer.kept(models):
            path.unlink()
