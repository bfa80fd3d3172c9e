"""Kill every process in the middle of conversations, and count: ``python -m tests.crash --conversations 200``."""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

import typer

from deploy.model import model_for
from settings import ROOT, get_settings
from tests.crash.messengers import MessengerOwner
from tests.crash.owners import PageOwner
from tests.crash.run import Outcome, Plan, run
from tests.crash.service import PROCESSES

app = typer.Typer(add_completion=False)
WITHIN = 5.0


@app.command()
def main(
    conversations: int = typer.Option(200, help="Conversations in all; two of ten on messaging channels."),
    side_by_side: int = typer.Option(8, help="Conversations at the same time."),
    seed: int = typer.Option(20261127, help="Draws words, pauses and the moments of the kills."),
    database: str = typer.Option("", help="PostgreSQL address; SQLite files without."),
    minutes: float = typer.Option(120.0, help="After which nobody begins any more and nothing is killed."),
    keep: Path = typer.Option(None, help="Folder of the run, kept afterwards."),
) -> None:
    """Run once, print the tables, and end with 1 where anything was lost, answered twice or out of order."""
    plan = Plan(conversations, side_by_side, seed, database=database or None, minutes=minutes)
    model = model_for(ROOT, get_settings().var / "models")
    with tempfile.TemporaryDirectory() as folder:
        chosen = keep or Path(folder)
        chosen.mkdir(parents=True, exist_ok=True)
        outcome = asyncio.run(run(plan, model, chosen, say=lambda words: typer.echo(words, err=True)))
    for line in table(outcome):
        typer.echo(line)
    sys.exit(0 if outcome.clean else 1)


def table(outcome: Outcome) -> list[str]:
    """Return the figures as the lines of two Markdown tables, and every fault by name."""
    found, kills = outcome.findings, outcome.kills
    waits = sorted(
        sent.answered - sent.at for owner in _page(outcome) for sent in owner.sent if sent.answered
    )
    rows = [
        ("kills of " + ", ".join(PROCESSES), ", ".join(str(kills[name]) for name in PROCESSES)),
        ("conversations", len(outcome.owners)),
        ("messages acknowledged", found.messages),
        ("lost", len(found.lost)),
        ("not answered", len(found.unanswered)),
        ("answered twice", len(found.twice)),
        ("out of order", len(found.disordered)),
        ("never sent, yet there", len(found.strangers)),
        ("requests for advice made twice", len(found.requests_twice)),
        ("listed twice or not at all", len(found.misfiled)),
        ("answered, median and longest wait, s", f"{statistics.median(waits):.2f}, {waits[-1]:.1f}"),
        *_told(outcome),
        ("seconds in all", f"{outcome.seconds:.0f}"),
    ]
    lines = ["| figure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""]
    lines += ["| channel | conversations | messages in | taken by the provider | notices | taken twice |"]
    lines += ["|---|---|---|---|---|---|"]
    for name, each in sorted(outcome.deliveries.items()):
        figures = (each.owners, each.messages, each.arrived, each.notices, each.again)
        lines.append(f"| {name} | {' | '.join(map(str, figures))} |")
    faults = found.lost + found.unanswered + found.twice + found.disordered + found.strangers
    faults += found.requests_twice + found.misfiled + outcome.gone_wrong
    faults += [fault for each in outcome.deliveries.values() for fault in each.wrong]
    refusals = [why for owner in _page(outcome) for why in owner.refusals]
    return [*lines, "", f"refusals: {sorted(set(refusals))} ({len(refusals)})", *faults]


def _told(outcome: Outcome) -> list[tuple[str, str]]:
    """Return how soon owners knew: from the portal, from the page where the connection broke, on channels."""
    page = [sent for owner in _page(outcome) for sent in owner.sent if sent.told]
    kinds = {
        "told by the portal": [sent for sent in page if not sent.broken],
        "told by the page, the connection being broken": [sent for sent in page if sent.broken],
        "told on a channel": [
            sent
            for owner in outcome.owners
            if isinstance(owner, MessengerOwner)
            for sent in owner.sent
            if sent.told
        ],
    }
    rows = []
    for name, sent in kinds.items():
        waits = [each.told - each.at for each in sent]
        soon = sum(wait <= WITHIN for wait in waits)
        longest = f", longest {max(waits):.1f} s" if waits else ""
        rows.append((f"{name} within 5 s", f"{soon} of {len(waits)}{longest}"))
    return rows


def _page(outcome: Outcome) -> list[PageOwner]:
    return [owner for owner in outcome.owners if isinstance(owner, PageOwner)]


if __name__ == "__main__":
    app()
