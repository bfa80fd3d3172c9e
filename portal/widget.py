"""What another site's page loads to show the assistant: a script, and the pieces it puts there."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from portal.cross_origin import FOR_ALL

# The address stays the same for years, what stands there changes with each update.
HEADERS = {**FOR_ALL, "Cache-Control": "public, max-age=300"}

router = APIRouter()


@router.get("/widget.js")
async def script(request: Request) -> Response:
    """Give the script that a site's page names."""
    text = request.app.state.pages.widget_script()
    return Response(text, media_type="text/javascript; charset=utf-8", headers=HEADERS)


@router.get("/widget/pieces", response_class=HTMLResponse)
async def pieces(request: Request) -> Response:
    """Give the panel with its templates; nothing of any owner is in it."""
    return HTMLResponse(request.app.state.pages.widget_pieces(), headers=HEADERS)
