"""Keeping records fresh: what to verify, verifying again, and files to take home."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.access import Signed
from console.pages import shown
from console.records.book import PATHS, book_of, editor_of, kind_of, told
from console.records.routes import name_of, to, values_of_record
from console.records.words import load_words
from console.services import Given
from knowledge.codes import Confidence, SchemeStatus
from knowledge.editing.changes import NothingChanged
from knowledge.editing.checking import Faulty
from knowledge.editing.files import archive, edited
from knowledge.editing.stale import stale

ARCHIVE = "fiches.zip"
router = APIRouter()


@router.get("/a-verifier")
def to_verify(request: Request, viewer: Signed, services: Given) -> Response:
    """List what to verify among the records that the viewer keeps, the most pressing first."""
    book = book_of(services)
    with told():
        found, total = stale(book.engine, editor_of(viewer), book.territories, book.today())
    return shown(
        request,
        "records/stale.html",
        viewer,
        found=found,
        total=total,
        paths=PATHS,
        words=load_words(),
    )


@router.get(f"/{ARCHIVE}")
def files(viewer: Signed, services: Given) -> Response:
    """Give the records that were published in the console, as files of the content folder."""
    book = book_of(services)
    with told():
        content = archive(edited(book.engine, editor_of(viewer)))
    headers = {"Content-Disposition": f'attachment; filename="{ARCHIVE}"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


@router.get("/{place}/{slug}/verifier")
def form(request: Request, viewer: Signed, services: Given, place: str, slug: str) -> Response:
    """Ask where the record was read again, and of which day that page is."""
    book, kind = book_of(services), kind_of(place)
    with told():
        found = book.desk.record(editor_of(viewer), kind, slug)
    typed = {"source_url": found.source_url or "", "seen": "", "official": False, "opening": False}
    return _page(request, viewer, place, found, typed)


@router.post("/{place}/{slug}/verifier")
def verify(
    request: Request,
    viewer: Signed,
    services: Given,
    place: str,
    slug: str,
    source_url: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
    official: Annotated[bool, Form()] = False,
    opening: Annotated[bool, Form()] = False,
    note: Annotated[str, Form()] = "",
) -> Response:
    """Keep what was read as a draft; what is wrong is told beside its field."""
    book, editor, kind, words = book_of(services), editor_of(viewer), kind_of(place), load_words()
    typed = {"source_url": source_url.strip(), "seen": seen.strip(), "official": official, "opening": opening}
    with told():
        found = book.desk.record(editor, kind, slug)
        missing = {name: words.missing for name in ("source_url", "seen") if not typed[name]}
        if missing:
            return _page(request, viewer, place, found, typed, missing, status=422)
        read = Confidence.OFFICIAL if official else Confidence.SECONDARY
        values = values_of_record(found) | {
            "source_url": typed["source_url"],
            "seen": typed["seen"],
            "confidence": read.value,
        }
        if kind == "scheme":
            values |= {"date_mise_a_jour": book.today().isoformat()}
            if opening and found.status is not SchemeStatus.UNKNOWN:
                values |= {"status_as_of": typed["seen"]}
        try:
            draft = book.desk.draft(editor, kind, slug, values, note.strip()[:1000])
        except Faulty as error:
            faults = {str(fault.location[0]): words.fault(fault) for fault in error.faults}
            return _page(request, viewer, place, found, typed, faults, status=422)
        except NothingChanged:
            return _page(request, viewer, place, found, typed, unchanged=True, status=422)
    return to(request, f"/changements/{draft.id}")


def _page(
    request: Request,
    viewer: Signed,
    place: str,
    found: object,
    typed: dict[str, object],
    faults: dict[str, str] | None = None,
    unchanged: bool = False,
    status: int = 200,
) -> Response:
    return shown(
        request,
        "records/verify.html",
        viewer,
        status,
        record=found,
        name=name_of(found),
        place=place,
        typed=typed,
        faults=dict.fromkeys(("source_url", "seen")) | (faults or {}),
        unchanged=unchanged,
    )
