"""The training data as it was read last, kept in a file under the digest of its content.

Reading thirty thousand messages from YAML and folding each takes seconds; reading what was kept, a tenth of one.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from conversations.training_lines import TrainingLine, read_training

# To be raised when what is kept of a line changes.
_FORM = 1
_STEM = "training-lines-"


def read_kept(folder: Path, kept: Path) -> list[TrainingLine]:
    """Return the messages below `folder`, folded; from a file in `kept` where it is of the same content.

    Else that file is written, in place of those of other contents. A folder that cannot be written to costs time only.
    """
    path = kept / f"{_STEM}{_digest(folder)}.json"
    try:
        return [_line(row) for row in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError):
        lines = [replace(line, folded=line.key) for line in read_training(folder)]
        _keep(path, lines)
        return lines


def _digest(folder: Path) -> str:
    digest = hashlib.sha256(str(_FORM).encode())
    for path in sorted(folder.rglob("*.yml")):
        content = path.read_bytes()
        digest.update(f"\0{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:32]


def _line(row: list) -> TrainingLine:
    text, label, needs, voice, file, folded = row
    return TrainingLine(text, label, tuple(needs), voice, file, folded)


def _keep(path: Path, lines: Sequence[TrainingLine]) -> None:
    rows = [[each.text, each.label, each.needs, each.voice, each.file, each.folded] for each in lines]
    written = path.with_suffix(f".{os.getpid()}")  # several consoles may write the same at once
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        written.replace(path)
        for other in path.parent.glob(f"{_STEM}*.json"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            written.unlink()
