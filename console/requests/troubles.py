"""Messages to owners on messaging channels that did not arrive, for who looks after the channels."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.access import Signed
from console.pages import shown
from console.requests.book import book_of, told
from console.services import Given
from conversations.channel_views import UNDELIVERABLE, Trouble

router = APIRouter()


@router.get("")
def troubles(request: Request, viewer: Signed, services: Given) -> Response:
    """List them, the latest first, each with what to do."""
    book = book_of(services)
    with told():
        found = book.advising.outgoing.troubles()
    return shown(
        request, "requests/troubles.html", viewer, troubles=[(each, advice_of(each)) for each in found]
    )


def advice_of(trouble: Trouble) -> str:
    """Return what is to be done (a key of `trouble_advice`), from why a message did not arrive."""
    why = trouble.error or ""
    if trouble.state == UNDELIVERABLE:
        return "window"
    if "another secret" in why:
        return "secret"
    if re.search(r"HTTP 40[13]\b|code 190\b", why):
        return "access"
    return "away" if re.search(r"HTTP 5\d\d|HTTP 429|Timeout|Connect|Error", why) else "other"
