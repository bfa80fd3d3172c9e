"""How understanding bears politeness: ``python -m benchmarks.politeness``.

The labelled sets once more, with something said before or behind each message: words that training puts around messages
(`manners` in `config.yml`), then words that it does not.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import typer

from benchmarks.evaluate import load_understanding, parse_all, quiet
from benchmarks.scoring import is_right
from deploy.model import model_for
from settings import ROOT, get_settings
from yaml_files import read_yaml

SETS = ("dev", "second", "third")
PLAIN = "{said}"
TRAINED = ("Bonjour, {said}", "merci, {said}", "oui {said}", "non {said}", "{said}, merci d'avance")
UNTRAINED = (
    "Bonjour à toute l'équipe, {said}",
    "Bon après-midi, {said}",
    "ah ok merci et {said}",
    "{said}, en vous remerciant par avance",
    "{said} bonne continuation à vous",
)


def main() -> None:
    """Print the share of right main intents under each manner of saying, by set."""
    quiet()
    agent = asyncio.run(load_understanding(model_for(ROOT, get_settings().var / "models")))
    rows = {name: mannered_rows(name) for name in SETS}
    for manner in (PLAIN, *TRAINED, *UNTRAINED):
        shares = []
        for name in SETS:
            parses, _ = asyncio.run(parse_all(agent, [said(manner, row["text"]) for row in rows[name]]))
            right = sum(is_right(row, parse) for row, parse in zip(rows[name], parses, strict=True))
            shares.append(f"{right / len(parses):.3f}")
        typer.echo(f"| {manner} | {' | '.join(shares)} |")


def said(manner: str, text: str) -> str:
    """Return a message as somebody polite says it."""
    begins = manner.startswith(PLAIN)
    lowered = text if begins else text[:1].lower() + text[1:]
    return manner.replace(PLAIN, lowered if manner.endswith(PLAIN) else lowered.rstrip(" .!?"))


def mannered_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a labelled set but those where « oui » or « merci » may be all that is said."""
    lines = (ROOT / "tests" / "nlu" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    pipeline = read_yaml(ROOT / "config.yml")["pipeline"]
    left_out = next(each["unmannered"] for each in pipeline if "unmannered" in each)
    return [row for row in map(json.loads, lines) if row["intent"] not in left_out]


if __name__ == "__main__":
    typer.run(main)
