"""Look at what an owner would be shown."""

from typing import Annotated

import typer

from knowledge.bootstrap import open_knowledge
from knowledge.codes import Need
from knowledge.commands.output import refuse
from knowledge.errors import EmptyStore, UnknownNeed
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.territories import Place, load_territories
from settings import get_settings

SHOWN = 5
PlaceText = Annotated[str | None, typer.Option(help="Commune, département, région or postcode, as typed.")]
SectorCode = Annotated[str | None, typer.Option(help="NAF division (two digits) or section letter.")]
Headcount = Annotated[int | None, typer.Option(help="Employees; 0 for one alone.")]
CountryCode = Annotated[str | None, typer.Option(help="Foreign country, ISO 3166-1 alpha-2.")]
Amount = Annotated[int | None, typer.Option(help="Cost of the project or loan wanted, in euros.")]
NeedCode = Annotated[str, typer.Argument(help=f"One of: {', '.join(Need.values())}.")]


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
        refuse(f"unknown need `{need}`; known: {', '.join(Need.values())}")
    except EmptyStore:
        refuse("the store is empty: run `python -m knowledge load` first")
    _show_contacts(contacts)
    _show_funding(schemes)


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    found = load_territories().search(text)
    if not found:
        refuse(f"no territory is called « {text} »")
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
