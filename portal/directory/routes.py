"""The pages of the directory: bodies, schemes, the map."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from knowledge.freshness.shapes import AROUND_PARIS, MAGNIFIED
from portal.directory.desk import DirectoryDesk
from portal.directory.linked_data import body_data, scheme_data
from portal.directory.search import Search
from portal.page import shown
from portal.problems import Problem
from portal.site import Site

BODIES, SCHEMES, MAP = "/annuaire", "/aides", "/carte"


def desk_of(request: Request) -> DirectoryDesk:
    """Return what the pages ask."""
    return request.app.state.services.directory


def search_of(request: Request) -> Search:
    """Return the search that the address stands for."""
    return desk_of(request).searches.read(request.query_params)


Desk = Annotated[DirectoryDesk, Depends(desk_of)]
Asked = Annotated[Search, Depends(search_of)]
# Not asynchronous: the store is asked on worker threads, so that conversations go on meanwhile.
router = APIRouter(default_response_class=HTMLResponse)


@router.get(BODIES)
def bodies(request: Request, desk: Desk, asked: Asked) -> Response:
    """List the bodies for a need, a place and a trade."""
    page = None if asked.undecided else desk.bodies(asked)
    return _listed(request, "directory/bodies.html", BODIES, asked, page=page)


@router.get(SCHEMES)
def schemes(request: Request, desk: Desk, asked: Asked) -> Response:
    """List the schemes for a need, a place and a trade; those that have ended only when they are asked for."""
    found = None if asked.undecided else desk.schemes(asked)
    page, ended = (found.page, found.ended) if found else (None, None)
    return _listed(request, "directory/schemes.html", SCHEMES, asked, page=page, ended=ended)


@router.get(f"{BODIES}/{{slug}}")
def body(request: Request, desk: Desk, asked: Asked, slug: str) -> Response:
    """Show everything about one body."""
    sheet = desk.body(slug)
    if sheet is None:
        raise Problem(404, "no_body")
    address = _address(request, f"{BODIES}/{slug}")
    data = body_data(sheet, desk.words, address)
    return shown(request, "directory/body.html", asked=asked, sheet=sheet, canonical=address, data=data)


@router.get(f"{SCHEMES}/{{slug}}")
def scheme(request: Request, desk: Desk, asked: Asked, slug: str) -> Response:
    """Show everything about one scheme."""
    sheet = desk.scheme(slug)
    if sheet is None:
        raise Problem(404, "no_scheme")
    address = _address(request, f"{SCHEMES}/{slug}")
    data = scheme_data(sheet, desk.words, address)
    return shown(request, "directory/scheme.html", asked=asked, sheet=sheet, canonical=address, data=data)


@router.get(MAP)
def atlas(request: Request, desk: Desk, asked: Asked) -> Response:
    """Show how many bodies serve each département."""
    need = Search(need=asked.need)
    canonical = _address(request, MAP + need.query())
    return shown(
        request,
        "directory/map.html",
        asked=need,
        atlas=desk.atlas(asked.need),
        drawing=desk.drawing,
        around_paris=AROUND_PARIS,
        magnified=MAGNIFIED,
        canonical=canonical,
    )


def _listed(request: Request, template: str, path: str, asked: Search, **values) -> Response:
    page = values["page"]
    canonical = _address(request, path + asked.query(page.number if page else 1))
    return shown(request, template, asked=asked, path=path, canonical=canonical, **values)


def _address(request: Request, path: str) -> str:
    return address_of(request, request.app.state.services.site) + path


def address_of(request: Request, site: Site) -> str:
    """Return the public address of the site without a slash at the end, as the settings or else the request say it."""
    return site.address or str(request.base_url).rstrip("/")
