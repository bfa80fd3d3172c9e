"""Which action or response the rules of the dialogue give each intent, read from the rules themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yaml_files import read_yaml

RULES = Path(__file__).resolve().parent.parent / "data" / "rules"


def read_routes(folder: Path) -> dict[str, str]:
    """Return the first action of each rule by the intents that it begins with."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        for rule in read_yaml(path)["rules"]:
            opening, follows = rule["steps"][:2]
            found |= dict.fromkeys(_intents(opening), follows["action"])
    return found


def _intents(step: dict[str, Any]) -> list[str]:
    return [each["intent"] for each in step.get("or", [step])]
