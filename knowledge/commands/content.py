"""Check the content and load it into the store."""

from pathlib import Path
from typing import Annotated

import typer

from knowledge.bootstrap import load_knowledge
from knowledge.commands.output import fail
from knowledge.errors import InvalidContent
from knowledge.loader import read_content
from knowledge.territories import load_territories
from settings import get_settings

Folder = Annotated[Path | None, typer.Option(help="Content folder; the one of the settings by default.")]


def check(folder: Folder = None) -> None:
    """Say everything that is wrong in the content, each with its file and line."""
    try:
        content = read_content(folder or get_settings().content, load_territories())
    except InvalidContent as error:
        fail(error)
    pieces = sum(map(len, content.guidance.values()))
    typer.echo(
        f"{len(content.advisors)} bodies, {len(content.schemes)} schemes and {pieces} pieces of guidance: no error"
    )


def load() -> None:
    """Check the content and load it into the store, unless the store already holds it."""
    settings = get_settings()
    try:
        changed = load_knowledge(settings.content, settings.sql_url("knowledge"))
    except InvalidContent as error:
        fail(error)
    typer.echo("content loaded" if changed else "the store is up to date")
