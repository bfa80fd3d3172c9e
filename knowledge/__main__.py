"""Commands on the knowledge base: check the content, load it, look at what an owner would be shown."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from knowledge.bootstrap import load_knowledge, open_knowledge
from knowledge.codes import Need
from knowledge.errors import EmptyStore, InvalidContent, UnknownNeed
from knowledge.loader import read_content
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.territories import Place, load_territories
from settings import get_settings

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
SHOWN = 5


Folder = Annotated[Path | None, typer.Option(help="Content folder; the one of the settings by default.")]
PlaceText = Annotated[str | None, typer.Option(help="Commune, département, région or postcode, as typed.")]
SectorCode = Annotated[str | None, typer.Option(help="NAF division (two digits) or section letter.")]
Headcount = Annotated[int | None, typer.Option(help="Employees; 0 for one alone.")]
CountryCode = Annotated[str | None, typer.Option(help="Foreign country, ISO 3166-1 alpha-2.")]
Amount = Annotated[int | None, typer.Option(help="Cost of the project or loan wanted, in euros.")]
NeedCode = Annotated[str, typer.Argument(help=f"One of: {', '.join(Need.values())}.")]


@app.command()
def check(folder: Folder = None) -> None:
    """Say everything that is wrong in the content, each with its file and line."""
    try:
        content = read_content(folder or get_settings().content, load_territories())
    except InvalidContent as error:
        _fail(error)
    typer.echo(f"{len(content.advisors)} bodies and {len(content.schemes)} schemes: no error")


@app.command()
def load() -> None:
    """Check the content and load it into the store, unless the store already holds it."""
    settings = get_settings()
    try:
        changed = load_knowledge(settings.content, settings.sql_url("knowledge"))
    except InvalidContent as error:
        _fail(error)
    typer.echo("content loaded" if changed else "the store is up to date")


@app.command()
def show(
    need: NeedCode,
    place: PlaceText = None,
    sector: SectorCode = None,
    headcount: Headcount = None,
    country: CountryCode = None,
    amount: Amount = None,
) -> None:
    """Show the first contacts and schemes for a need, as an owner would get them."""
    try:
        base = open_knowledge(get_settings().sql_url("knowledge"))
        where = _place(place)
        contacts = base.contacts(need, where, sector=sector, headcount=headcount, country=country)
        schemes = base.funding(need, where, sector=sector, headcount=headcount, amount=amount)
    except UnknownNeed:
        _refuse(f"unknown need `{need}`; known: {', '.join(Need.values())}")
    except EmptyStore:
        _refuse("the store is empty: run `python -m knowledge load` first")
    _show_contacts(contacts)
    _show_funding(schemes)


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    found = load_territories().search(text)
    if not found:
        _refuse(f"no territory is called « {text} »")
    typer.echo(f"place: {found[0].name} ({found[0].level} {found[0].code})\n")
    return found[0]


def _show_contacts(contacts: list[ContactMatch]) -> None:
    for contact in contacts[:SHOWN]:
        reach = contact.phone or contact.email or contact.url or "-"
        read = f"{contact.status} {contact.verified_on or '?'}"
        typer.echo(f"{contact.id}  [{read}]  {reach}\n    {contact.why}")
    typer.echo(f"{len(contacts)} contacts\n")


def _show_funding(schemes: list[FundingMatch]) -> None:
    for scheme in schemes[:SHOWN]:
        missing = f" missing: {', '.join(scheme.missing)}" if scheme.missing else ""
        state = f"{scheme.status}, eligible: {scheme.eligible}"
        typer.echo(f"{scheme.id}  [{state}]{missing}\n    {scheme.promise}")
    typer.echo(f"{len(schemes)} schemes")


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _fail(error: InvalidContent) -> NoReturn:
    for found in error.errors:
        typer.echo(str(found), err=True)
    _refuse(f"{len(error.errors)} error{'s' if len(error.errors) > 1 else ''}; nothing was loaded")


if __name__ == "__main__":
    app()
