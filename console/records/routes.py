"""Pages of records: the list, one record, its form, its changes."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from console.access import Signed
from console.errors import NotFound, Problem
from console.pages import shown
from console.records import forms
from console.records.book import KINDS, PATHS, RecordBook, book_of, editor_of, kind_of, told
from console.records.facts import Facts
from console.records.reading import values_of
from console.records.words import load_words
from console.services import Given
from console.viewers import Viewer
from knowledge.editing.browsing import disputes, listed, origins
from knowledge.editing.changes import Act, Change, NothingChanged, NotTheirs
from knowledge.editing.checking import Faulty
from knowledge.editing.desk import may_publish
from knowledge.editing.withdrawing import StillNamed
from knowledge.schema import Advisor, Scheme

PATH = "/fiches"
ACTS = ("envoyer", "publier", "refuser", "abandonner")
router = APIRouter()


async def typed(request: Request) -> FormData:
    """Return what was sent by a form."""
    return await request.form()


Typed = Annotated[FormData, Depends(typed)]


def to(request: Request, path: str) -> RedirectResponse:
    """Return the way to another page of the records."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{PATH}{path}", 303)


@router.get("")
def records(
    request: Request,
    viewer: Signed,
    services: Given,
    type: str = "organismes",
    q: str = "",
    apres: str = "",
) -> Response:
    """List the records that the viewer keeps, and the changes that wait."""
    book, editor, kind = book_of(services), editor_of(viewer), kind_of(type)
    with told():
        page = listed(book.engine, editor, kind, q, apres)
        waiting = book.desk.waiting(editor)
    return shown(
        request,
        "records/list.html",
        viewer,
        page=page,
        type=type,
        q=q,
        waiting=waiting,
        paths=PATHS,
        kinds=KINDS,
        words=load_words(),
        editor=editor,
    )


@router.get("/changements/{number}")
def change(request: Request, viewer: Signed, services: Given, number: int) -> Response:
    """Show a change, and what the viewer may do with it."""
    book, editor = book_of(services), editor_of(viewer)
    with told():
        found = book.desk.change(editor, number)
    return shown(
        request,
        "records/change.html",
        viewer,
        change=found,
        changed=list(_facts(book).changes(found)),
        path=f"{PATH}/{PATHS[found.kind]}",
        place=PATHS[found.kind],
        publishes=found.is_open and may_publish(editor, found),
        refuses=found.state == "proposed" and editor.keeps_all and found.author_id != editor.id,
        mine=found.author_id == editor.id,
    )


@router.post("/changements/{number}/{act}")
def decide(
    request: Request,
    viewer: Signed,
    services: Given,
    number: int,
    act: str,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Send, publish, refuse or drop a change."""
    book, editor = book_of(services), editor_of(viewer)
    if act not in ACTS:
        raise NotFound
    with told():
        if act == "refuser":
            if not reason.strip():
                raise Problem(422, "no_reason")
            done = book.desk.refuse(editor, number, reason.strip()[:1000])
        else:
            acts = {"envoyer": book.desk.send, "publier": book.desk.publish, "abandonner": book.desk.drop}
            try:
                done = acts[act](editor, number)
            except StillNamed as error:
                raise Problem(409, "still_named", ids=", ".join(error.ids)) from error
    return to(request, _after(done))


@router.get("/{place}/{slug}")
def record(request: Request, viewer: Signed, services: Given, place: str, slug: str) -> Response:
    """Show one record: its facts, where they come from, its history."""
    book, editor, kind = book_of(services), editor_of(viewer), kind_of(place)
    with told():
        try:
            found = book.desk.record(editor, kind, slug)
        except NotTheirs:
            book.desk.withdrawn(editor, kind, slug)
            return to(request, f"/retirees/{place}/{slug}")
        history = book.desk.history(editor, kind, slug)
        given, differ = origins(book.engine, kind, slug), disputes(book.engine, kind, slug)
    facts = _facts(book)
    return shown(
        request,
        "records/record.html",
        viewer,
        record=found,
        name=name_of(found),
        place=place,
        groups=list(facts.groups(kind, json.loads(found.json(exclude_defaults=True)))),
        history=[(each, facts.labels(kind, each.fields)) for each in history],
        origins=given,
        disputes=[(facts.labels(kind, (each.field,)), each) for each in differ],
        words=load_words(),
    )


@router.get("/{place}/{slug}/modifier")
def form(
    request: Request,
    viewer: Signed,
    services: Given,
    place: str,
    slug: str,
    brouillon: int | None = None,
) -> Response:
    """Show the form of a record, filled in as it is served, or as a draft has it."""
    book, editor, kind = book_of(services), editor_of(viewer), kind_of(place)
    with told():
        found = book.desk.record(editor, kind, slug)
        values, note = values_of_record(found), ""
        if brouillon is not None:
            draft = book.desk.change(editor, brouillon)
            if (draft.kind, draft.slug) != (kind, slug):
                raise NotFound
            values, note = draft.record, draft.note or ""
    made = forms.Form(load_words(), kind, values)
    return _form_page(request, viewer, found, place, made, note)


@router.post("/{place}/{slug}/modifier")
def save(request: Request, viewer: Signed, services: Given, place: str, slug: str, sent: Typed) -> Response:
    """Check what was typed; keep it as a draft where it is right, else say what is wrong and lose nothing."""
    book, editor, kind, words = book_of(services), editor_of(viewer), kind_of(place), load_words()
    note = str(sent.get("note") or "").strip()[:1000]
    with told():
        found = book.desk.record(editor, kind, slug)
        values = values_of(kind, sent, words, values_of_record(found))
        if more := sent.get("more"):
            return _form_page(
                request, viewer, found, place, forms.Form(words, kind, values, more=str(more)), note
            )
        try:
            draft = book.desk.draft(editor, kind, slug, values, note)
        except Faulty as error:
            made = forms.Form(words, kind, values, error.faults)
            return _form_page(request, viewer, found, place, made, note, status=422)
        except NothingChanged:
            made = forms.Form(words, kind, values)
            return _form_page(request, viewer, found, place, made, note, status=422, unchanged=True)
    return to(request, f"/changements/{draft.id}")


@dataclass(frozen=True)
class FormPage:
    """Where a form of a record stands: its heading, what it posts to, the page before it (`back`, called `name`).

    `draft` is the number of the draft that a new record is taken up from.
    """

    heading: str
    action: str
    back: str
    name: str
    draft: int | None = None

    def shown(
        self,
        request: Request,
        viewer: Viewer,
        made: forms.Form,
        note: str,
        status: int = 200,
        unchanged: bool = False,
    ) -> Response:
        """Return the page with this form."""
        values = {"form": made, "note": note, "unchanged": unchanged}
        return shown(request, "records/form.html", viewer, status, at=self, **values)


def _form_page(
    request: Request,
    viewer: Viewer,
    found: Advisor | Scheme,
    place: str,
    made: forms.Form,
    note: str,
    status: int = 200,
    unchanged: bool = False,
) -> Response:
    heading, back = request.app.state.pages.wording.say("record_forms", "edit"), f"{PATH}/{place}/{found.id}"
    page = FormPage(heading, f"{back}/modifier", back, name_of(found))
    return page.shown(request, viewer, made, note, status, unchanged)


def _facts(book: RecordBook) -> Facts:
    return Facts(load_words(), book.territories)


def name_of(record: Advisor | Scheme) -> str:
    """Return the name of a body or the title of a scheme."""
    return record.titre if isinstance(record, Scheme) else record.name


def values_of_record(record: Advisor | Scheme) -> dict[str, Any]:
    """Return a record as the values of its form."""
    return json.loads(record.json(exclude_none=True))


def _after(done: Change) -> str:
    if done.state == "published" or (done.state == "dropped" and (done.before or done.act is Act.RESTORE)):
        return f"/{PATHS[done.kind]}/{done.slug}"
    return f"/changements/{done.id}"
