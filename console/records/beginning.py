"""A new record: its form, made from the same models as that of a record which is there, and its first draft."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.access import Signed
from console.errors import NotFound
from console.records import forms
from console.records.book import PATHS, RecordBook, book_of, editor_of, kind_of, told
from console.records.reading import values_of
from console.records.routes import PATH, FormPage, Typed, to
from console.records.words import load_words
from console.services import Given
from console.viewers import Viewer
from knowledge.editing.changes import Act, Change, Editor
from knowledge.editing.checking import Faulty

router = APIRouter()


@router.get("/nouvelle/{place}")
def form(
    request: Request, viewer: Signed, services: Given, place: str, brouillon: int | None = None
) -> Response:
    """Show an empty form, or one as a draft of a new record has it."""
    book, editor, kind = book_of(services), editor_of(viewer), kind_of(place)
    values: dict[str, Any] = {}
    note = ""
    if brouillon is not None:
        with told():
            draft = _draft(book, editor, kind, brouillon)
        values, note = draft.record, draft.note or ""
    made = forms.Form(load_words(), kind, values, new=True)
    return _page(request, viewer, place, made, note, brouillon)


@router.post("/nouvelle/{place}")
def save(request: Request, viewer: Signed, services: Given, place: str, sent: Typed) -> Response:
    """Check what was typed; keep it as a draft where it is right, else say what is wrong and lose nothing."""
    book, editor, kind, words = book_of(services), editor_of(viewer), kind_of(place), load_words()
    note = str(sent.get("note") or "").strip()[:1000]
    before = _number(str(sent.get("brouillon") or ""))
    values = values_of(kind, sent, words, {})
    if slug := str(sent.get("id") or "").strip():
        values["id"] = slug
    if more := sent.get("more"):
        made = forms.Form(words, kind, values, more=str(more), new=True)
        return _page(request, viewer, place, made, note, before)
    with told():
        try:
            draft = book.desk.begin(editor, kind, values, note)
        except Faulty as error:
            made = forms.Form(words, kind, values, error.faults, new=True)
            return _page(request, viewer, place, made, note, before, status=422)
        if before is not None and before != draft.id:
            _forget(book, editor, before, draft)
    return to(request, f"/changements/{draft.id}")


def _draft(book: RecordBook, editor: Editor, kind: str, number: int) -> Change:
    """Return the editor's own draft of a new record of this kind."""
    found = book.desk.change(editor, number)
    new = found.before is None and found.act is Act.EDIT and found.is_open
    if not new or found.kind != kind or found.author_id != editor.id:
        raise NotFound
    return found


def _forget(book: RecordBook, editor: Editor, number: int, draft: Change) -> None:
    """Drop the draft that this one takes the place of, where its id was another one."""
    earlier = next((each for each in book.desk.waiting(editor) if each.id == number), None)
    if earlier and earlier.author_id == editor.id and earlier.slug != draft.slug and earlier.before is None:
        book.desk.drop(editor, number)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _page(
    request: Request,
    viewer: Viewer,
    place: str,
    made: forms.Form,
    note: str,
    draft: int | None,
    status: int = 200,
) -> Response:
    wording = request.app.state.pages.wording
    heading = wording.names("record_new")[PATHS[kind_of(place)]]
    page = FormPage(heading, f"{PATH}/nouvelle/{place}", f"{PATH}?type={place}", "Fiches", draft)
    return page.shown(request, viewer, made, note, status)
