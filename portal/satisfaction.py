"""The page that asks whether a request was answered well: for who has its link, without a login."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from conversations.errors import RecordUnreachable
from conversations.handling_views import ANSWERS
from conversations.satisfaction import MOST_WORDS, PATH, Survey
from portal.page import shown
from portal.plain import Form
from portal.problems import Problem
from portal.services import Given, Services

router = APIRouter(prefix=PATH.rstrip("/"))
# The address is a secret of the owner's: nothing keeps the page, and no other site learns the address.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@router.get("/{token}")
async def ask(request: Request, token: str, given: Given) -> Response:
    """Ask; programs that only look at the links of an e-mail answer nothing."""
    try:
        reference = await run_sync(_survey(given).reference, token)
    except RecordUnreachable:
        return _page(request, 503, "away")
    if reference is None:
        return _page(request, 404, "unknown")
    return _page(request, 200, "asked", reference=reference)


@router.post("/{token}")
async def answer(request: Request, token: str, given: Given, form: Form) -> Response:
    """Keep the answer; a second one takes the place of the first."""
    chosen = form.get("reponse", "")
    if chosen not in ANSWERS:
        raise Problem(400, "invalid", fields=[])
    try:
        kept = await run_sync(_survey(given).answer, token, chosen, form.get("mots", ""))
    except RecordUnreachable:
        return _page(request, 503, "away")
    return _page(request, 200, "kept") if kept else _page(request, 404, "unknown")


def _survey(given: Services) -> Survey:
    if given.survey is None:
        raise Problem(404, "not_found")
    return given.survey


def _page(request: Request, status: int, state: str, reference: str = "") -> Response:
    values = {"state": state, "reference": reference, "most_words": MOST_WORDS}
    return shown(request, "satisfaction.html", status, PRIVATE, **values)
