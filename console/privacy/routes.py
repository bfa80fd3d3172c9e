"""The privacy pages, for administrators: deletion by age, who read what, what owners agreed to, erasure."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from console.access import Signed
from console.errors import NotFound, Problem
from console.pages import shown
from console.privacy.desk import PrivacyDesk
from console.services import Given, Services
from conversations.errors import RecordUnreachable, UnknownRequest
from conversations.reading_log import CONVERSATION, REQUEST, Read
from conversations.references import read_reference

PATH = "/confidentialite"
# Rows of a page.
ROWS = 50
router = APIRouter()
Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Words = Annotated[str, Query(max_length=100)]


def desk_of(services: Services) -> PrivacyDesk:
    """Return the desk; without one, there is nothing to see."""
    if services.privacy is None:
        raise NotFound
    return services.privacy


@router.get("")
def deletion(request: Request, viewer: Signed, services: Given) -> Response:
    """Show what is kept and for how long, and the last reports of deletion."""
    desk = desk_of(services)
    with told():
        reports, kinds = desk.purge.reports(), desk.purge.standing()
    return shown(request, "privacy/deletion.html", viewer, reports=reports, kinds=kinds)


@router.get("/lectures")
def reads(
    request: Request,
    viewer: Signed,
    services: Given,
    compte: Words = "",
    chose: Words = "",
    avant: Number = None,
) -> Response:
    """Show who read what: of one account, of one conversation or request, or all; `avant` is where to go on from."""
    desk = desk_of(services)
    with told():
        subject = chose.strip()
        found = _about(desk, subject) if subject else desk.reads.listed(compte or None, avant, ROWS + 1)
    further = found[ROWS - 1].id if len(found) > ROWS and not chose else None
    values = {"reads": found[:ROWS], "further": further, "compte": compte, "chose": chose}
    return shown(request, "privacy/reads.html", viewer, people=desk.people(), **values)


@router.get("/accords")
def consents(request: Request, viewer: Signed, services: Given, avant: datetime | None = None) -> Response:
    """Show what owners agreed to, the latest first; `avant` is where to go on from."""
    if avant is not None and avant.tzinfo is None:
        raise NotFound
    desk = desk_of(services)
    with told():
        found = desk.consents.listed(avant, ROWS + 1)
    further = found[ROWS - 1].at if len(found) > ROWS else None
    return shown(request, "privacy/consents.html", viewer, consents=found[:ROWS], further=further)


@router.get("/effacement")
def erasure(request: Request, viewer: Signed, services: Given, reference: Words = "") -> Response:
    """Show what stands under a reference and would be erased."""
    desk, found = desk_of(services), None
    with told():
        if reference.strip():
            try:
                found = desk.erasures.look(reference)
            except UnknownRequest:
                return _erasure_page(request, viewer, reference, missing=True, status=404)
    return _erasure_page(request, viewer, reference, found=found)


@router.post("/effacement")
def erase(
    request: Request,
    viewer: Signed,
    services: Given,
    reference: Annotated[str, Form(max_length=100)] = "",
    again: Annotated[str, Form(alias="confirmation", max_length=100)] = "",
) -> Response:
    """Erase everything that stands under a reference, once it has been written a second time."""
    desk = desk_of(services)
    if read_reference(reference) is None or read_reference(again) != read_reference(reference):
        query = f"?reference={read_reference(reference) or ''}"
        return RedirectResponse(f"{request.scope.get('root_path', '')}{PATH}/effacement{query}", 303)
    with told():
        try:
            removed, left = desk.erasures.erase(reference)
        except UnknownRequest:
            return _erasure_page(request, viewer, reference, missing=True, status=404)
    return _erasure_page(request, viewer, read_reference(reference) or "", removed=removed, left=left)


@contextmanager
def told() -> Iterator[None]:
    """Say that the record does not answer, rather than break."""
    try:
        yield
    except RecordUnreachable as error:
        raise Problem(503, "record_away") from error


def _about(desk: PrivacyDesk, subject: str) -> list[Read]:
    """Return who read a conversation or a request, by its id; a reference leads to both."""
    try:
        found = desk.erasures.look(subject)
    except UnknownRequest:
        names = {(CONVERSATION, subject), (REQUEST, subject)}
    else:
        names = {
            (CONVERSATION, found.conversation_id),
            (REQUEST, found.reference),
            (REQUEST, found.request_id),
        }
    reads = [read for what, name in sorted(names) for read in desk.reads.of_subject(what, name)]
    return sorted(reads, key=lambda read: read.id, reverse=True)


def _erasure_page(
    request: Request, viewer: Signed, reference: str, status: int = 200, **values: object
) -> Response:
    known = {"found": None, "missing": False, "removed": None, "left": 0}
    return shown(
        request, "privacy/erasure.html", viewer, status, reference=reference.strip(), **(known | values)
    )
