"""Measure the portal: ``python -m benchmarks.portal turns|streams|pages|answers``."""

import asyncio
import shutil

import typer

from benchmarks.portal import pages, streams, turns
from benchmarks.portal.serving import portal_alone, whole_service

app = typer.Typer(add_completion=False, help=__doc__)
# One body that is shown everywhere in France.
BODY = "/annuaire/france-num"


@app.command("turns")
def measure_turns(conversations: int = typer.Option(40, help="Of ten messages each, both ways.")) -> None:
    """Print what the portal adds to a turn on the real service."""
    with whole_service() as served:
        for line in turns.measure(served, conversations).lines():
            typer.echo(line)


@app.command("streams")
def measure_streams(
    count: int = 500,
    seconds: float = 60.0,
    console: bool = typer.Option(False, help="With the console in the same process."),
) -> None:
    """Print what idle event streams cost one portal."""
    with portal_alone(console=console) as served:
        for line in asyncio.run(streams.measure(served, count, seconds)).lines():
            typer.echo(line)


@app.command("pages")
def measure_pages(times: int = pages.TIMES, alone: bool = typer.Option(False, help="Without rasa.")) -> None:
    """Print when the pages can be used on a slow connection, and what the widget weighs."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise typer.BadParameter("Chromium is needed")
    paths = {
        "home": "/",
        "bodies": "/annuaire?besoin=website&lieu=Quimper",
        "a body": BODY,
        "map": "/carte",
        "how it works": "/comment-ca-marche",
    }
    with portal_alone() if alone else whole_service() as served:
        found = pages.measure(served.portal, paths, chromium, times)
        for line in pages.lines(found, pages.widget_bytes(served.portal)):
            typer.echo(line)


@app.command("answers")
def measure_answers(times: int = 60) -> None:
    """Print how long the portal takes for each page."""
    paths = ["/", "/carte", "/carte?besoin=website", "/annuaire", "/annuaire?besoin=website&lieu=Quimper"]
    paths += ["/aides", BODY]
    with portal_alone() as served:
        pages.server_times(served.portal, paths, 5)
        for path, (median, p95) in pages.server_times(served.portal, paths, times).items():
            typer.echo(f"| `{path}` | {median:.1f} | {p95:.1f} |")


if __name__ == "__main__":
    app()
