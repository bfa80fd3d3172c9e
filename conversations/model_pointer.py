"""Which trained model rasa is to load when it starts: a small file beside the models, written whole or not at all."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

NAME = "promoted"
# How many earlier promoted models are kept to roll back to.
EARLIER = 3


@dataclass(frozen=True)
class Promoted:
    """The promoted model's file name, the hash of the sources it was made of, and the promoted ones before it."""

    model: str
    base: str
    earlier: tuple[str, ...] = ()


def name_of(sources: str) -> str:
    """Return the file name of the model that is made of sources with this hash."""
    return f"{sources[:16]}.tar.gz"


def read_pointer(models: Path) -> Promoted | None:
    """Return what was promoted; None where nothing was, or the file cannot be read."""
    try:
        kept = json.loads((models / NAME).read_text(encoding="utf-8"))
        return Promoted(str(kept["model"]), str(kept["base"]), tuple(map(str, kept["earlier"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def promote(models: Path, model: str, base: str) -> Promoted:
    """Make `model`, a file name in the folder `models`, the one to load; return what stands there now."""
    before = read_pointer(models)
    names = [before.model, *before.earlier] if before else []
    promoted = Promoted(model, base, tuple(name for name in names if name != model)[:EARLIER])
    draft = models / f"{NAME}.{os.getpid()}.draft"
    draft.write_text(json.dumps(vars(promoted)), encoding="utf-8")
    draft.replace(models / NAME)
    return promoted


def withdraw(models: Path) -> None:
    """Let the model of the repository's own data be loaded again."""
    (models / NAME).unlink(missing_ok=True)


def serving(models: Path, base: str) -> Path | None:
    """Return the promoted model where it is there and was made of the sources whose hash is `base`; else None."""
    pointer = read_pointer(models)
    if pointer is None or pointer.base != base:
        return None
    model = models / pointer.model
    return model if model.is_file() else None


def kept(models: Path) -> frozenset[str]:
    """Return the names of models that must not be deleted: what is promoted, and all that one may roll back to."""
    pointer = read_pointer(models)
    return frozenset({pointer.model, *pointer.earlier, name_of(pointer.base)}) if pointer else frozenset()
