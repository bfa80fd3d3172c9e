"""The first page after signing in: the first part that is open to the viewer."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.access import Signed
from console.pages import shown

router = APIRouter()


@router.get("/")
def home(request: Request, viewer: Signed) -> Response:
    """Show what is open to the viewer."""
    return shown(request, "home.html", viewer)
