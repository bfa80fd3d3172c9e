"""The page with the chat."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.identity import COOKIE
from portal.wording import french_number

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"


class Pages:
    """Renders the templates; `static` is the address of the page's own files."""

    def __init__(self, static: str, message_limit: int) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.filters["number"] = french_number
        self._values = {"static": static, "message_limit": message_limit}

    def home(self, known: bool) -> str:
        """Return the page with the chat; `known` tells it that there may be a history to fetch."""
        return self._environment.get_template("home.html").render(self._values, known=known)


router = APIRouter()


@router.head("/", include_in_schema=False)
@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> Response:
    """Show the chat; browsers ask again each time, so that an update is seen at once."""
    text = request.app.state.pages.home(known=COOKIE in request.cookies)
    return HTMLResponse(text, headers={"Cache-Control": "private, no-cache"})
