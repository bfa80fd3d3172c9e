"""The templates, and the page with the chat."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conversations.answers import Answer
from edge.bundle import one_script, one_sheet
from knowledge.typography import day, french
from portal.dates import DateToCome
from portal.erasure import PARIS
from portal.identity import COOKIE
from portal.site import Site
from portal.wording import french_clock, french_day, french_number

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"
_FOR_PROGRAMS = ("/api/", "/webhooks/", "/static/")
# Browsers ask again each time, so that an update is seen at once.
FRESH = {"Cache-Control": "private, no-cache"}


@cache
def made_files() -> dict[str, str]:
    """Return by name what the page with the chat loads: all its scripts in one file, all its styles in another.

    Other sites' pages load the widget's modules one by one, after everything of their own.
    """
    styles = one_sheet(STATIC, ("base", "site", "chat", "composer", "cards"))
    return {"home.js": one_script(STATIC / "js", "main"), "home.css": styles}


def _in_paris(moment: datetime) -> datetime:
    return moment.astimezone(PARIS)


def _partial_day(text: str) -> str:
    return day(text, first="1er")


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


class Pages:
    """Renders the templates; `static` is the address of their files, `site` what the settings say of the site."""

    def __init__(self, static: str, message_limit: int, site: Site) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "number": french_number,
            "day": french_day,
            "clock": french_clock,
            "here": _in_paris,
            "partial_day": _partial_day,
            "host": _host,
            "french": french,
        }
        self._values = {"static": static, "message_limit": message_limit, "site": site}
        self._values |= {"kept_days": site.kept_days, "section": ""}

    def add(self, **values: Any) -> None:
        """Let every template use these values too."""
        self._values |= values

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Return the page made of the template of that name."""
        return self._environment.get_template(template).render(self._values | dict(values))

    def home(self, known: bool) -> str:
        """Return the page with the chat; `known` tells it that there may be a history to fetch."""
        return self.render("home.html", {"known": known, "section": "chat"})

    def widget_script(self) -> str:
        """Return the script that another site's page loads."""
        return self._environment.get_template("widget.js").render(self._values)

    def widget_pieces(self) -> str:
        """Return what that script puts into the page."""
        return self._environment.get_template("widget.html").render(self._values, known=False)

    def printed(self, answers: Sequence[Answer], dates: Sequence[DateToCome], today: date) -> str:
        """Return the page with the answers of a conversation and the dates to come."""
        return self.render("printed.html", {"answers": answers, "dates": dates, "today": today})

    def leaving(self, state: str) -> str:
        """Return the page that asks whether to leave a group, or says that it is done (`asked`, `gone`, …)."""
        return self.render("leaving.html", {"state": state})


def shown(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] = FRESH, **values: Any
) -> Response:
    """Return the page made of a template as an answer to `request`."""
    pages: Pages = request.app.state.pages
    return HTMLResponse(pages.render(template, values), status, headers=dict(headers))


def problem_page(request: Request, status: int, title: str, detail: str) -> Response | None:
    """Return a problem as a page, for a browser that wants one; None for a program."""
    wanted = "text/html" in request.headers.get("accept", "")
    if not wanted or request.url.path.startswith(_FOR_PROGRAMS):
        return None
    return shown(request, "problem.html", status, {"Cache-Control": "no-store"}, title=title, detail=detail)


router = APIRouter()


@router.head("/", include_in_schema=False)
@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> Response:
    """Show the chat."""
    text = request.app.state.pages.home(known=COOKIE in request.cookies)
    return HTMLResponse(text, headers=FRESH)
