"""The page that an e-mail about a group points to: whoever opens it may withdraw, and everything is deleted."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from conversations.errors import RecordUnreachable
from edge.origin import is_same_origin
from portal.problems import Problem
from portal.services import Given

router = APIRouter(prefix="/partage/retrait")


@router.get("/{interest_id}", response_class=HTMLResponse)
async def ask(request: Request, interest_id: str) -> Response:
    """Ask whether to withdraw: programs that only look at the links of an e-mail must delete nothing."""
    return HTMLResponse(request.app.state.pages.leaving("asked"))


@router.post("/{interest_id}", response_class=HTMLResponse)
async def leave(request: Request, interest_id: str, given: Given) -> Response:
    """Delete the interest, or say that there is none any more, or that it cannot be done now."""
    if not is_same_origin(request):
        raise Problem(403, "foreign_origin")
    try:
        gone = await run_sync(given.leave_group, interest_id)
    except RecordUnreachable:
        return HTMLResponse(request.app.state.pages.leaving("away"), 503)
    return HTMLResponse(request.app.state.pages.leaving("gone" if gone else "unknown"), 200 if gone else 404)
