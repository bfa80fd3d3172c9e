"""Groups of firms that could share an expert: a list, and one group with what was written about it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.access import Signed
from console.pages import shown
from console.requests.book import book_of, told
from console.requests.routes import MOST_TEXT, said_of, to
from console.services import Given
from conversations.group_care import STATES
from conversations.reading_log import INTEREST

router = APIRouter()


@router.get("")
def groups(request: Request, viewer: Signed, services: Given) -> Response:
    """List the groups of the viewer's territories."""
    book = book_of(services)
    with told():
        found = book.advising.groups.all(book.departements_of(viewer))
    return shown(request, "requests/groups.html", viewer, groups=found, departements=book.departements)


@router.get("/{group_id}")
def group(request: Request, viewer: Signed, services: Given, group_id: str) -> Response:
    """Show one group: its firms, how to write to them, notes, state."""
    book = book_of(services)
    with told():
        found, notes = book.advising.groups.find(book.departements_of(viewer), group_id)
        for member in found.members:
            book.reads.record_read(viewer.account_id, INTEREST, member.id, said_of(request, "group"))
    return shown(
        request,
        "requests/group.html",
        viewer,
        group=found,
        notes=notes,
        states=STATES,
        departements=book.departements,
    )


@router.post("/{group_id}")
def write(
    request: Request,
    viewer: Signed,
    services: Given,
    group_id: str,
    text: Annotated[str, Form(max_length=MOST_TEXT)] = "",
    etat: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Add a note, set the state, or both."""
    book = book_of(services)
    with told():
        book.advising.groups.write(
            book.departements_of(viewer), group_id, book.advisor(viewer), text, etat or None
        )
    return to(request, f"/groupes/{group_id}")
