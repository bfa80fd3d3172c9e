"""Look at what an owner would be shown, and why."""

from collections.abc import Sequence
from typing import Annotated

import typer

from knowledge.bootstrap import open_knowledge
from knowledge.codes import Need
from knowledge.commands.output import refuse
from knowledge.errors import EmptyStore
from knowledge.matches import ContactMatch, FundingMatch
from knowledge.service import KnowledgeBase
from knowledge.territories import Place, load_territories
from settings import get_settings

SHOWN = 3
NeedCode = Annotated[str, typer.Argument(help=f"One of: {', '.join(Need.values())}.")]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="Id of a body or of a scheme.")]
PlaceText = Annotated[str | None, typer.Option(help="Commune, département, région or postcode, as typed.")]
SectorCode = Annotated[str | None, typer.Option(help="NAF division (two digits) or section letter.")]
Headcount = Annotated[int | None, typer.Option(help="Employees; 0 for one alone.")]
CountryCode = Annotated[str | None, typer.Option(help="Foreign country, ISO 3166-1 alpha-2.")]
Trade = Annotated[str | None, typer.Option(help="Trade in words, e.g. fleuriste.")]
Amount = Annotated[int | None, typer.Option(help="Cost of the project or loan wanted, in euros.")]
Turnover = Annotated[int | None, typer.Option(help="Yearly turnover, in euros.")]
Age = Annotated[float | None, typer.Option(help="Years since the firm was founded.")]
LegalForm = Annotated[str | None, typer.Option(help="Legal form, e.g. SARL.")]
All = Annotated[bool, typer.Option("--all", help="Show all of them, not the first three.")]


def find(
    need: NeedCode,
    place: PlaceText = None,
    sector: SectorCode = None,
    headcount: Headcount = None,
    country: CountryCode = None,
    trade: Trade = None,
    amount: Amount = None,
    turnover: Turnover = None,
    age: Age = None,
    legal_form: LegalForm = None,
    everything: All = False,
) -> None:
    """Show the first contacts and schemes for a need, as an owner would get them."""
    _known(need)
    base, where = _open(), _place(place)
    facts = {"sector": sector, "headcount": headcount}
    money = {"amount": amount, "turnover": turnover, "age_years": age, "legal_form": legal_form}
    _show(base.contacts(need, where, country=country, trade=trade, **facts), "contacts", everything, _contact)
    typer.echo()
    _show(base.funding(need, where, **facts, **money), "schemes", everything, _scheme)


def why(
    need: NeedCode,
    wanted: RecordId,
    place: PlaceText = None,
    sector: SectorCode = None,
    headcount: Headcount = None,
    country: CountryCode = None,
    trade: Trade = None,
    amount: Amount = None,
) -> None:
    """Say why a body or a scheme is shown where it is for a need, or that it is not."""
    _known(need)
    base, where = _open(), _place(place)
    facts = {"sector": sector, "headcount": headcount}
    contacts = base.contacts(need, where, country=country, trade=trade, **facts)
    schemes = base.funding(need, where, amount=amount, **facts)
    for results, tell in ((contacts, _contact), (schemes, _scheme)):
        rank = next((at for at, item in enumerate(results, start=1) if item.id == wanted), None)
        if rank is not None:
            typer.echo(f"{rank} of {len(results)}\n{tell(results[rank - 1])}")
            found = base.why_contact(wanted, need, where, country=country, trade=trade, **facts)
            for reason in found.reasons if found else ():
                typer.echo(f"    {reason}")
            return
    refuse(f"`{wanted}` is not shown for `{need}` here: it does not name the need, reach the place or exist")


def _known(need: str) -> None:
    if need not in Need.values():
        refuse(f"unknown need `{need}`; known: {', '.join(Need.values())}")


def _open() -> KnowledgeBase:
    try:
        return open_knowledge(get_settings().sql_url("knowledge"))
    except EmptyStore:
        refuse("the store is empty: run `python -m knowledge load` first")


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    found = load_territories().search(text)
    if not found:
        refuse(f"no territory is called « {text} »")
    typer.echo(f"place: {found[0].name} ({found[0].level} {found[0].code})\n")
    return found[0]


def _show(results: Sequence, what: str, everything: bool, tell) -> None:
    shown = results if everything else results[:SHOWN]
    for item in shown:
        typer.echo(tell(item))
    more = len(results) - len(shown)
    typer.echo(f"{len(results)} {what}" + (f", {more} more with --all" if more else ""))


def _contact(contact: ContactMatch) -> str:
    reach = contact.phone or contact.email or contact.url or "-"
    read = f"{contact.status} {contact.verified_on or '?'}"
    return f"{contact.id}  [{read}]  {reach}\n    {contact.why}"


def _scheme(scheme: FundingMatch) -> str:
    missing = f" missing: {', '.join(scheme.missing)}" if scheme.missing else ""
    lines = [f"{scheme.id}  [{scheme.status}, eligible: {scheme.eligible}]{missing}", scheme.promise]
    if scheme.estimate:
        lines.append(f"= {scheme.estimate.formula}")
    return "\n    ".join([*lines, *scheme.reasons, *scheme.combinations])
