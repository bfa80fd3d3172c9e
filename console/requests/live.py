"""One conversation as it goes on: an advisor reads, takes it over, writes, gives it back."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from console.access import Signed
from console.errors import NotFound, Problem
from console.pages import shown
from console.requests.book import RequestBook, book_of, told
from console.requests.routes import MOST_TEXT, PATH, said_of, to
from console.services import Given
from console.viewers import Viewer
from conversations.handling_views import Case
from conversations.holds import Hold
from conversations.reading_log import CONVERSATION
from conversations.views import Conversation

router = APIRouter()
PLACE = f"{PATH}/conversation"


def opened(book: RequestBook, viewer: Viewer, conversation_id: str) -> tuple[Conversation, Case | None]:
    """Return a conversation that the viewer may read, with the request that opens it to them.

    Raises NotFound for one that is none of theirs, the problem that its owner did not share it otherwise.
    """
    conversation = book.log.by_id(conversation_id)
    cases = book.advising.lists.of_conversation(book.sight(viewer), conversation_id)
    shared = [case for case in cases if case.covered and case.shares_conversation]
    if viewer.within is not None and not shared:
        if not cases:
            raise NotFound
        raise Problem(403, "conversation_not_shared")
    return conversation, next(iter(shared or cases), None)


@router.get("/{conversation_id}")
def page(request: Request, viewer: Signed, services: Given, conversation_id: str) -> Response:
    """Show the conversation, and who answers in it."""
    book = book_of(services)
    with told():
        conversation, case = opened(book, viewer, conversation_id)
        purpose = said_of(request, "conversation")
        book.reads.record_read(viewer.account_id, CONVERSATION, conversation_id, purpose)
        messages = book.log.transcript(conversation)
        hold = book.advising.holds.of(conversation_id)
        ways = case and book.advising.replies.ways(book.sight(viewer), case.request.reference)
    return shown(
        request,
        "requests/live.html",
        viewer,
        conversation=conversation,
        case=case,
        messages=messages,
        hold=hold,
        mine=_is_mine(hold, viewer),
        writable=ways is None or ways.writable,
        idle=book.advising.holds.idle.total_seconds(),
    )


@router.get("/{conversation_id}/suite")
def news(
    request: Request,
    viewer: Signed,
    services: Given,
    conversation_id: str,
    after: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Give the messages above `after` as a piece of the page."""
    book = book_of(services)
    with told():
        conversation, _ = opened(book, viewer, conversation_id)
        messages = book.log.transcript(conversation, after)
    if not messages:
        return HTMLResponse(status_code=204)
    return shown(request, "requests/messages.html", viewer, messages=messages)


@router.post("/{conversation_id}/{act}")
def do(
    request: Request,
    viewer: Signed,
    services: Given,
    conversation_id: str,
    act: str,
    text: Annotated[str, Form(max_length=MOST_TEXT)] = "",
) -> Response:
    """Take over (`prendre`), write (`ecrire`), stay (`rester`), or give back (`rendre`)."""
    book = book_of(services)
    with told():
        _, case = opened(book, viewer, conversation_id)
        advisor, holds = book.advisor(viewer, case), book.advising.holds
        if act == "ecrire":
            if not text.strip():
                raise Problem(422, "invalid")
            holds.say(conversation_id, advisor, text.strip())
        else:
            acts = {"prendre": holds.take, "rester": holds.stay, "rendre": holds.give_back}
            if act not in acts:
                raise NotFound
            acts[act](conversation_id, advisor)
    return to(request, f"/conversation/{conversation_id}#ecrire")


def _is_mine(hold: Hold | None, viewer: Viewer) -> bool:
    return hold is not None and hold.account_id == viewer.account_id
