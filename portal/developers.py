"""What partners may call: the OpenAPI description, which the page for developers shows too."""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from jinja2 import Environment, StrictUndefined

from portal.cross_origin import FOR_ALL
from portal.limits import OF_ADDRESS, OF_CONVERSATION, OPENINGS
from portal.wording import french_number
from yaml_files import parse_yaml

DESCRIPTION = Path(__file__).with_name("openapi.yml")
# Stands for the portal's address where nobody has set it.
SOMEWHERE = "https://PORTAIL"
HEADERS = {**FOR_ALL, "Cache-Control": "public, max-age=3600"}

router = APIRouter()


@cache
def describe(address: str, message_limit: int) -> dict[str, Any]:
    """Return the description; `address` is the public one of the portal, if it is known."""
    environment = Environment(undefined=StrictUndefined, autoescape=False)
    environment.filters["number"] = french_number
    text = environment.from_string(DESCRIPTION.read_text(encoding="utf-8"))
    limits = {"conversation": OF_CONVERSATION, "address": OF_ADDRESS, "openings": OPENINGS}
    return parse_yaml(text.render(base=address or SOMEWHERE, message_limit=message_limit, limits=limits))


@router.get("/api/openapi.json")
async def description(request: Request) -> Response:
    """Give the description as programs read it."""
    return JSONResponse(request.app.state.api, headers=HEADERS)
