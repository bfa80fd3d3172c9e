"""The pages about the site itself, and what machines read first: robots.txt and sitemap.xml."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from portal.directory.routes import BODIES, MAP, SCHEMES, address_of
from portal.page import shown
from portal.services import Services

# Each page by its address; the template has the same name.
PAGES = (
    "comment-ca-marche",
    "confidentialite",
    "accessibilite",
    "mentions-legales",
    "developpeurs",
    "plan-du-site",
)
# Pages about one conversation: nobody else's business.
_PRIVATE = ("/api/", "/conversation", "/partage/")
_SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}\n</urlset>\n'

router = APIRouter()


@router.get("/robots.txt")
async def robots(request: Request) -> Response:
    """Tell crawlers what is not for them, and where the map of the site is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _PRIVATE)]
    lines.append(f"Sitemap: {_address(request)}/sitemap.xml")
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """List every page that is there for everybody."""
    base = _address(request)
    entries = (f"  <url><loc>{escape(base + path)}</loc></url>" for path in _paths(_services(request)))
    return Response(
        _SITEMAP.format("\n".join(entries)),
        media_type="application/xml",
        headers={"Cache-Control": "public, max-age=3600"},
    )


def _page(name: str):
    """Return the route of one page."""

    def page(request: Request) -> Response:
        canonical = f"{_address(request)}/{name}"
        return shown(request, f"about/{name}.html", canonical=canonical, directory=_has_directory(request))

    return page


for _name in PAGES:
    router.add_api_route(f"/{_name}", _page(_name), methods=["GET"], name=_name)


def _paths(services: Services) -> Iterator[str]:
    yield "/"
    yield from (f"/{name}" for name in PAGES)
    if services.directory:
        yield from (BODIES, SCHEMES, MAP)
        survey = services.directory.survey()
        yield from _below(BODIES, survey.bodies)
        yield from _below(SCHEMES, survey.schemes)


def _below(path: str, slugs: Iterable[str]) -> Iterator[str]:
    return (f"{path}/{slug}" for slug in slugs)


def _services(request: Request) -> Services:
    return request.app.state.services


def _has_directory(request: Request) -> bool:
    return _services(request).directory is not None


def _address(request: Request) -> str:
    return address_of(request, _services(request).site)
