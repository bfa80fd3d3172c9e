"""The page of what owners need, and its files."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from console.access import Signed
from console.errors import NotFound
from console.needs.atlas import Atlas, atlas_of
from console.needs.book import NeedsBook, book_of
from console.needs.files import CSV, TYPES, XLSX, as_csv, as_xlsx
from console.needs.open_data import DATA, DESCRIPTION, OpenData
from console.needs.tables import Counts, Table, Tables
from console.needs.view import EXACT, PUBLISHED, View, view_of
from console.pages import shown
from console.services import Given
from console.viewers import Viewer
from conversations.statistics.desk import Month
from conversations.statistics.following import Following
from knowledge.freshness.charts import columns, shares

PATH = "/besoins"
router = APIRouter()
Asked = Annotated[str | None, Query()]


@dataclass(frozen=True)
class Counted:
    """All that a page shows: tables in their order, the map, how many conversations (None where it is not given)."""

    view: View
    months: list[Month]
    tables: dict[str, Table]
    atlas: Atlas
    conversations: int | None


@router.get("")
def page(request: Request, viewer: Signed, services: Given) -> Response:
    """Show the charts with their tables."""
    book = book_of(services)
    counted = _count(request, viewer, book)
    time = counted.tables["time"]
    return shown(
        request,
        "needs/needs.html",
        viewer,
        counted=counted,
        view=counted.view,
        tables=counted.tables,
        kinds={"exact": EXACT, "published": PUBLISHED},
        months=[month.month for month in counted.months],
        regions=book.territories.regions,
        needs=request.app.state.pages.wording.names("needs"),
        time_columns=columns(Table(time.key, time.title, time.headings, _drawn(time), time.labels)),
        shares=shares,
        not_given=request.app.state.pages.wording.names("needs_page")["not_given"],
    )


@router.get("/fichier.{kind}")
def file(request: Request, viewer: Signed, services: Given, kind: str) -> Response:
    """Give the tables of the page as a file."""
    if kind not in TYPES:
        raise NotFound
    counted = _count(request, viewer, book_of(services))
    not_given = request.app.state.pages.wording.names("needs_page")["not_given"]
    tables = list(counted.tables.values())
    content = {CSV: as_csv, XLSX: as_xlsx}[kind](tables, not_given)
    view = counted.view
    when = f"{view.since}-{view.until}" if view.is_exact else view.month or "aucun-mois"
    return _attached(content, TYPES[kind], f"besoins-{view.kind}-{when}.{kind}")


@router.get("/donnees/{name}")
def open_data(request: Request, viewer: Signed, services: Given, name: str) -> Response:
    """Give all published months as open data, or what its columns mean."""
    book = book_of(services)
    made = OpenData(request.app.state.pages.wording, book.territories)
    if name == DATA:
        return _attached(made.data(book.statistics.months()), TYPES[CSV], DATA)
    if name == DESCRIPTION:
        return _attached(made.description(), "application/json", DESCRIPTION)
    raise NotFound


def _attached(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def _count(request: Request, viewer: Viewer, book: NeedsBook) -> Counted:
    statistics, months = book.statistics, book.statistics.months()
    regions = {place.code for place in book.territories.regions}
    view = view_of(request.query_params, statistics.today(), [month.month for month in months], regions)
    tables = _tables(request, book, view)
    if view.is_exact:
        found = statistics.counts(view.question(), viewer.within)
        counts: Counts = found.cells
        time = tables.weeks(found.days, view.since, view.until)
        conversations = found.conversations
    else:
        by_month = {month.month: month.counts for month in months}
        counts = by_month.get(view.month or "", {})
        time = tables.months((month, by_month[month]) for month in sorted(by_month))
        conversations = None
    made = {
        "needs": tables.needs(counts),
        "regions": tables.regions(counts),
        "departements": tables.departements(counts),
        "time": time,
        "sizes": tables.sizes(counts),
        "trades": tables.trades(counts),
    }
    if view.is_exact:
        made |= _following(statistics.following(view.question(narrowed=True), viewer.within), tables)
    return Counted(view, months, made, atlas_of(tables.by_departement(counts)), conversations)


def _following(found: Following, tables: Tables) -> dict[str, Table]:
    return {
        "unanswered": tables.unanswered(found.answers),
        "people": tables.people(found.people),
        "satisfaction": tables.satisfaction(found.people),
        "barriers": tables.barriers(found.barriers),
        "schemes": tables.schemes(found.answers),
    }


def _tables(request: Request, book: NeedsBook, view: View) -> Tables:
    return Tables(request.app.state.pages.wording, book.territories, view.is_exact, view.need)


def _drawn(table: Table) -> tuple[tuple, ...]:
    """Return the rows of a chart: what is not given has no height."""
    return tuple(
        tuple(cell or 0 if at >= table.labels else cell for at, cell in enumerate(row)) for row in table.rows
    )
