"""The responses of the dialogue, read from their own files where an action needs the words."""

from __future__ import annotations

from pathlib import Path

import yaml

RESPONSES = Path(__file__).resolve().parent.parent / "data" / "responses"


def read_responses(folder: Path) -> dict[str, str]:
    """Return the first text of each response by its name."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        found |= {name: variants[0]["text"] for name, variants in table.items()}
    return found
