"""Records taken out and brought back: both are proposed with a reason, and decided like any other change."""

import json
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.access import Signed
from console.pages import shown
from console.records.book import PATHS, book_of, editor_of, kind_of, told
from console.records.facts import Facts
from console.records.routes import name_of, to
from console.records.words import load_words
from console.services import Given
from console.viewers import Viewer
from knowledge.editing.withdrawing import StillNamed

MOST_WHY = 1000
Why = Annotated[str, Form()]
router = APIRouter()


@router.get("/retirees")
def all_withdrawn(request: Request, viewer: Signed, services: Given) -> Response:
    """List the withdrawn records that the viewer keeps."""
    book = book_of(services)
    with told():
        found = book.desk.all_withdrawn(editor_of(viewer))
    rows = [(each, name_of(each.record), PATHS[each.kind]) for each in found]
    return shown(request, "records/withdrawn_list.html", viewer, rows=rows)


@router.get("/retirees/{place}/{slug}")
def withdrawn(request: Request, viewer: Signed, services: Given, place: str, slug: str) -> Response:
    """Show a withdrawn record as it was served last, with its history."""
    return _withdrawn_page(request, viewer, services, place, slug)


@router.post("/retirees/{place}/{slug}")
def restore(
    request: Request, viewer: Signed, services: Given, place: str, slug: str, why: Why = ""
) -> Response:
    """Propose to serve a withdrawn record again."""
    reason = why.strip()[:MOST_WHY]
    if not reason:
        return _withdrawn_page(request, viewer, services, place, slug, missing=True)
    with told():
        draft = book_of(services).desk.restore(editor_of(viewer), kind_of(place), slug, reason)
    return to(request, f"/changements/{draft.id}")


@router.get("/{place}/{slug}/retirer")
def form(request: Request, viewer: Signed, services: Given, place: str, slug: str) -> Response:
    """Ask why a record is to be served no more."""
    return _form_page(request, viewer, services, place, slug)


@router.post("/{place}/{slug}/retirer")
def withdraw(
    request: Request, viewer: Signed, services: Given, place: str, slug: str, why: Why = ""
) -> Response:
    """Propose to serve a record no more; say which schemes name it, where some do."""
    reason = why.strip()[:MOST_WHY]
    if not reason:
        return _form_page(request, viewer, services, place, slug, missing=True)
    try:
        with told():
            draft = book_of(services).desk.withdraw(editor_of(viewer), kind_of(place), slug, reason)
    except StillNamed as error:
        return _form_page(request, viewer, services, place, slug, why=reason, named=error.ids)
    return to(request, f"/changements/{draft.id}")


def _form_page(
    request: Request,
    viewer: Viewer,
    services: Given,
    place: str,
    slug: str,
    missing: bool = False,
    why: str = "",
    named: list[str] | None = None,
) -> Response:
    with told():
        found = book_of(services).desk.record(editor_of(viewer), kind_of(place), slug)
    values = {"name": name_of(found), "place": place, "missing": missing, "why": why, "named": named or []}
    status = 422 if missing or named else 200
    return shown(request, "records/withdraw.html", viewer, status, record=found, **values)


def _withdrawn_page(
    request: Request, viewer: Viewer, services: Given, place: str, slug: str, missing: bool = False
) -> Response:
    book, editor, kind = book_of(services), editor_of(viewer), kind_of(place)
    with told():
        found = book.desk.withdrawn(editor, kind, slug)
        history = book.desk.history(editor, kind, slug)
    facts = Facts(load_words(), book.territories)
    return shown(
        request,
        "records/withdrawn.html",
        viewer,
        422 if missing else 200,
        found=found,
        name=name_of(found.record),
        place=place,
        groups=list(facts.groups(kind, json.loads(found.record.json(exclude_defaults=True)))),
        history=[(each, facts.labels(kind, each.fields)) for each in history],
        missing=missing,
    )
