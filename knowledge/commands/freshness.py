"""What to verify, dead links, and the report on the state of the knowledge base."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn

from knowledge.commands.output import fail, refuse
from knowledge.errors import InvalidContent
from knowledge.freshness.addresses import used_addresses
from knowledge.freshness.facts import ADVISOR, SCHEME, FactReader
from knowledge.freshness.ground import Ground
from knowledge.freshness.limits import read_limits
from knowledge.freshness.links import Link, LinkChecker, check_links, open_client
from knowledge.freshness.links_told import has_gone, links_json, links_text
from knowledge.freshness.page import write_page
from knowledge.freshness.politeness import Politeness
from knowledge.freshness.records import Records, open_records
from knowledge.freshness.report import GUIDANCE, Observatory, group_of
from knowledge.freshness.staleness import first_and_total, to_verify
from knowledge.freshness.tables import verification
from knowledge.freshness.text import write_report, write_table
from knowledge.freshness.words import Words
from knowledge.schema import SECTIONS
from knowledge.store import open_engine
from knowledge.territories import load_territories
from settings import get_settings

KINDS = (ADVISOR, SCHEME, GUIDANCE, *SECTIONS)
SHOWN = 50
KindName = Annotated[str | None, typer.Option(help=f"Only records of this kind: {', '.join(KINDS)}.")]
Limit = Annotated[int, typer.Option(min=1, help="How many records to show.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write every address as JSON.")]
Page = Annotated[Path | None, typer.Option(help="Write the report to this file, as one page with charts.")]


def stale(kind: KindName = None, limit: Limit = SHOWN) -> None:
    """List what to verify, the most pressing first: closed since, never read, undated, too old, unverified."""
    if kind is not None and kind not in KINDS:
        refuse(f"unknown kind `{kind}`; known: {', '.join(KINDS)}")
    records, limits, today, words = _records(), read_limits(), date.today(), Words()
    reader = FactReader(Ground(load_territories()), limits, today)
    facts = reader.all(records.advisors, records.schemes, records.guidance)
    asked = (fact for fact in facts if kind in (None, fact.record, group_of(fact)))
    shown, total = first_and_total(to_verify(asked, limits, today), limit)
    if not total:
        typer.echo(words.say("stale", "nothing"))
        return
    typer.echo(words.say("stale", "total", count=total, shown=len(shown)))
    typer.echo(write_table(verification(shown, words)))


def links(as_json: AsJson = False) -> None:
    """Ask every web address whether its page still stands; exit 1 when one is gone."""
    records, words = _records(), Words()
    users = used_addresses(records.advisors, records.schemes, records.guidance)
    with _progress() as progress:
        task = progress.add_task(words.say("links", "progress"), total=len(users))
        found = asyncio.run(_ask(list(users), lambda _: progress.advance(task)))
    typer.echo(links_json(found, users) if as_json else links_text(found, users, words))
    if has_gone(found):
        raise typer.Exit(1)


def report(html: Page = None) -> None:
    """Report on the knowledge base: counts, coverage by need and département, holes, ages, what to verify."""
    records, words = _records(), Words()
    observatory = Observatory(load_territories(), read_limits(), date.today())
    state = observatory.survey(records.advisors, records.schemes, records.guidance)
    if html is None:
        typer.echo(write_report(state, words))
        return
    html.parent.mkdir(parents=True, exist_ok=True)
    html.write_text(write_page(state, words), encoding="utf-8")
    typer.echo(words.say("report", "written", path=str(html)))


def _records() -> Records:
    settings = get_settings()
    try:
        return open_records(open_engine(settings.sql_url("knowledge")), settings.content, load_territories())
    except InvalidContent as error:
        fail(error)


async def _ask(urls: list[str], done: Callable[[Link], None]) -> list[Link]:
    async with open_client() as client:
        return await check_links(urls, LinkChecker(client, Politeness()), done)


def _progress() -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
