"""The responses of the dialogue, read from their own files where an action needs the words."""

from __future__ import annotations

from pathlib import Path

from yaml_files import read_yaml

RESPONSES = Path(__file__).resolve().parent.parent / "data" / "responses"


def read_responses(folder: Path) -> dict[str, str]:
    """Return the first text of each response by its name."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        table = read_yaml(path)["responses"]
        found |= {name: variants[0]["text"] for name, variants in table.items()}
    return found
