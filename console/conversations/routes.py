"""The pages of the conversation logs."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from console.access import Signed
from console.conversations.addresses import Asked
from console.conversations.desk import LogDesk
from console.errors import NotFound, Problem
from console.pages import shown
from console.services import Given, Services
from console.viewers import Viewer
from conversations.browsing import Digest
from conversations.cursors import BadCursor
from conversations.reading_log import CONVERSATION, LIST, SEARCH
from conversations.saved_views import TooManyViews
from conversations.transcript_reading import OPEN, Veil
from conversations.veil import NamesHidden

PATH = "/conversations"
HIDDEN = NamesHidden()
# Ids and numbers as the record gives them: a database need not be asked for anything else.
Id = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
Number = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
router = APIRouter()


def desk_of(services: Services) -> LogDesk:
    """Return the logs; without any, there is nothing to see."""
    if services.logs is None:
        raise NotFound
    return services.logs


def veil_for(viewer: Viewer) -> Veil:
    """Return what hides names from this viewer."""
    return OPEN if viewer.reads_names else HIDDEN


@router.get("")
def conversations(request: Request, viewer: Signed, services: Given, curseur: str = "") -> Response:
    """Show a list, or what a search finds."""
    desk = desk_of(services)
    asked = Asked.read(request.query_params.multi_items())
    filters = asked.filters(viewer.account_id)
    common = {"asked": asked, "choices": _choices(desk), "views": desk.views.of(viewer.account_id)}
    if asked.q:
        mask = None if viewer.reads_names else HIDDEN.text
        found = _from(curseur, lambda at: desk.search.page(asked.q, filters, viewer.within, at, mask))
        _note(request, desk, viewer, SEARCH, [hit.digest for hit in found.hits])
        return shown(request, "conversations/found.html", viewer, found=found, **common)
    page = _from(curseur, lambda at: desk.lists.page(filters, viewer.within, at))
    count = desk.lists.count(filters, viewer.within, page)
    _note(request, desk, viewer, LIST, page.digests)
    veil = veil_for(viewer)
    return shown(request, "conversations/list.html", viewer, page=page, count=count, veil=veil, **common)


@router.post("/vues")
def save_view(
    request: Request,
    viewer: Signed,
    services: Given,
    nom: Annotated[str, Form()] = "",
    filtres: Annotated[str, Form()] = "",
) -> Response:
    """Keep the filters of a list under a name."""
    asked = Asked.read_query(filtres)
    try:
        desk_of(services).views.save(viewer.account_id, nom, asked.query())
    except ValueError as error:
        raise Problem(422, "view_name") from error
    except TooManyViews as error:
        raise Problem(422, "too_many_views") from error
    return _to(request, asked)


@router.post("/vues/{view_id}/supprimer")
def drop_view(request: Request, viewer: Signed, services: Given, view_id: Id) -> Response:
    """Delete a saved view of this account."""
    if not desk_of(services).views.drop(viewer.account_id, view_id):
        raise NotFound
    return _to(request, Asked())


@router.get("/{conversation_id}")
def conversation(
    request: Request,
    viewer: Signed,
    services: Given,
    conversation_id: Id,
    tour: Number = None,
    avant: Number = None,
    apres: Number = None,
) -> Response:
    """Show a conversation: its last turns, or those around `tour`, before `avant`, after `apres`."""
    desk, within, veil = desk_of(services), viewer.within, veil_for(viewer)
    digest = desk.lists.one(conversation_id, within)
    if digest is None:
        raise NotFound
    if tour is not None:
        page = desk.transcripts.around(conversation_id, tour, within, veil)
    elif apres is not None:
        page = desk.transcripts.following(conversation_id, apres, within, veil)
    else:
        page = desk.transcripts.latest(conversation_id, within, veil, before=avant)
    if page is None or not page.turns:
        raise NotFound
    purpose = request.app.state.pages.wording.say("logs", "purpose")
    desk.reads.record_read(viewer.account_id, CONVERSATION, conversation_id, purpose)
    values = {"digest": digest, "page": page, "turns": page.turns, "after": None}
    return shown(request, "conversations/conversation.html", viewer, **values)


@router.get("/{conversation_id}/suite")
def news(
    request: Request, viewer: Signed, services: Given, conversation_id: Id, after: Number = None
) -> Response:
    """Give what was said after a message, as a piece of the page; nothing where nothing was."""
    turns = desk_of(services).transcripts.news(conversation_id, after or 0, viewer.within, veil_for(viewer))
    if turns is None:
        raise NotFound
    if not turns:
        return HTMLResponse("", headers={"Cache-Control": "no-store"})
    values = {"turns": turns, "after": after or 0, "conversation_id": conversation_id}
    return shown(request, "conversations/news.html", viewer, **values)


def _note(request: Request, desk: LogDesk, viewer: Viewer, what: str, shown: Iterable[Digest]) -> None:
    """Write down whose excerpts a page shows; the words that were searched may name somebody and are not kept."""
    asked = Asked.read(request.query_params.multi_items()).without_words().query()
    purpose = request.app.state.pages.wording.say("logs", "purpose")
    desk.reads.record_list(viewer.account_id, what, asked, [each.conversation_id for each in shown], purpose)


def _from(cursor: str, ask: Any) -> Any:
    """Ask for the page at `cursor`; one that leads nowhere leads to the beginning."""
    try:
        return ask(cursor or None)
    except BadCursor:
        return ask(None)


def _choices(desk: LogDesk) -> dict[str, Any]:
    """Return what the filters offer; names of accounts only of those who review."""
    people, reviewers = desk.people(), desk.lists.reviewers()
    return {
        "channels": desk.lists.channels(),
        "departements": desk.departements,
        "regions": desk.regions,
        "tags": desk.lists.tags(),
        "models": desk.lists.models(),
        "reviewers": {each: people[each] for each in reviewers if each in people},
    }


def _to(request: Request, asked: Asked) -> RedirectResponse:
    query = asked.query()
    return RedirectResponse(
        f"{request.scope.get('root_path', '')}{PATH}" + (f"?{query}" if query else ""), 303
    )
