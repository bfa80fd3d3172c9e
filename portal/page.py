"""The page with the chat, and the one to print."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conversations.answers import Answer
from portal.dates import DateToCome
from portal.erasure import PARIS
from portal.identity import COOKIE
from portal.wording import french_clock, french_day, french_number

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"


def _in_paris(moment: datetime) -> datetime:
    return moment.astimezone(PARIS)


class Pages:
    """Renders the templates; `static` is the address of their files, `kept_days` how long messages are kept."""

    def __init__(self, static: str, message_limit: int, kept_days: int) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.filters["number"] = french_number
        self._environment.filters |= {"day": french_day, "clock": french_clock, "here": _in_paris}
        self._values = {"static": static, "message_limit": message_limit, "kept_days": kept_days}

    def home(self, known: bool) -> str:
        """Return the page with the chat; `known` tells it that there may be a history to fetch."""
        return self._environment.get_template("home.html").render(self._values, known=known)

    def printed(self, answers: Sequence[Answer], dates: Sequence[DateToCome], today: date) -> str:
        """Return the page with the answers of a conversation and the dates to come."""
        page = self._environment.get_template("printed.html")
        return page.render(self._values, answers=answers, dates=dates, today=today)

    def leaving(self, state: str) -> str:
        """Return the page that asks whether to leave a group, or says that it is done (`asked`, `gone`, …)."""
        return self._environment.get_template("leaving.html").render(self._values, state=state)


router = APIRouter()


@router.head("/", include_in_schema=False)
@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> Response:
    """Show the chat; browsers ask again each time, so that an update is seen at once."""
    text = request.app.state.pages.home(known=COOKIE in request.cookies)
    return HTMLResponse(text, headers={"Cache-Control": "private, no-cache"})
