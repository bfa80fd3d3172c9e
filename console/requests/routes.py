"""Pages of requests: the inbox, one request, and what is done with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from console.access import Signed
from console.errors import NotFound, Problem
from console.pages import shown
from console.requests.book import RequestBook, book_of, told
from console.requests.facts import acts_of
from console.services import Given
from conversations.errors import UnknownRequest
from conversations.handling_views import Advisor, Case, Sight
from conversations.reading_log import REQUEST
from conversations.request_lists import BOXES, Filters, Mark
from conversations.request_views import CLOSED, Recipient

PATH = "/demandes"
# What addresses call the boxes of the inbox.
BOX_NAMES = dict(zip(("nouvelles", "miennes", "organismes", "terminees", "toutes"), BOXES, strict=True))
MOST_TEXT = 4000
router = APIRouter()


class Search(BaseModel):
    """What the address of the inbox says."""

    boite: str = "nouvelles"
    besoin: str = ""
    departement: str = ""
    statut: str = ""
    ref: str = ""
    apres: str = ""

    def filters(self) -> Filters:
        """Return what the list is narrowed to; raises NotFound for a box that there is not."""
        if self.boite not in BOX_NAMES:
            raise NotFound
        return Filters(
            BOX_NAMES[self.boite],
            self.besoin or None,
            self.departement or None,
            self.statut or None,
            self.ref.strip() or None,
        )

    def mark(self) -> Mark | None:
        """Return where the page begins; raises NotFound for what is no such place."""
        if not self.apres:
            return None
        at, _, name = self.apres.partition("~")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            raise NotFound from None
        if moment.tzinfo is None:
            raise NotFound
        return Mark(moment, name)

    def address(self, **changes: str) -> dict[str, str]:
        """Return the parts of the address of a list that differs in `changes`, without what is empty."""
        parts = self.dict() | {"apres": ""} | changes
        return {name: value for name, value in parts.items() if value}


def to(request: Request, path: str) -> RedirectResponse:
    """Return the way to another page of the requests."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{PATH}{path}", 303)


def _search(
    boite: Annotated[str, Query(max_length=20)] = "nouvelles",
    besoin: Annotated[str, Query(max_length=40)] = "",
    departement: Annotated[str, Query(max_length=3)] = "",
    statut: Annotated[str, Query(max_length=20)] = "",
    ref: Annotated[str, Query(max_length=20)] = "",
    apres: Annotated[str, Query(max_length=80)] = "",
) -> Search:
    return Search(boite=boite, besoin=besoin, departement=departement, statut=statut, ref=ref, apres=apres)


def said_of(request: Request, what: str) -> str:
    """Return what something of an owner is read for, as the log of readings says it."""
    return request.app.state.pages.wording.say("request_purposes", what)


@router.get("")
def inbox(
    request: Request, viewer: Signed, services: Given, search: Annotated[Search, Depends(_search)]
) -> Response:
    """Show one box of the inbox."""
    book = book_of(services)
    with told():
        book.route()
        sight = book.sight(viewer)
        page, counts = book.advising.lists.inbox(sight, search.filters(), search.mark())
    following = page.following and f"{page.following.at.isoformat()}~{page.following.id}"
    return shown(
        request,
        "requests/list.html",
        viewer,
        page=page,
        waits={case.request.id: book.waits(case) for case in page.cases},
        search=search,
        boxes=BOX_NAMES,
        counts=counts,
        departements=book.departements,
        following=following,
    )


@router.get("/{reference}")
def one(request: Request, viewer: Signed, services: Given, reference: str) -> Response:
    """Show one request: facts, contact, what happened, and what may be done."""
    book = book_of(services)
    with told():
        sight = book.sight(viewer)
        case = book.advising.handling.find(sight, reference)
        events = book.advising.handling.events(sight, reference)
        ways = book.advising.replies.ways(sight, reference)
        if case.covered:
            book.reads.record_read(viewer.account_id, REQUEST, case.request.id, said_of(request, "request"))
    acts = acts_of(viewer, case)
    return shown(
        request,
        "requests/request.html",
        viewer,
        case=case,
        events=events if case.covered else [each for each in events if each.kind == "note"],
        ways=ways,
        acts=acts,
        waits=book.waits(case),
        readable=case.covered and (case.shares_conversation or viewer.within is None),
        near=book.bodies.near(case.request) if acts.hand_on else [],
        colleagues=_colleagues(book, case.body_id) if acts.hand_on else [],
        closed=CLOSED,
    )


def _colleagues(book: RequestBook, but: str | None) -> list[Recipient]:
    found = [book.bodies.body(each) for each in sorted(book.served() - {but})]
    return [each for each in found if each]


class Act(BaseModel):
    """What the form of a request says."""

    text: str = ""
    statut: str = ""
    voie: str = ""
    organisme: str = ""
    autre: str = ""
    accord: bool = False
    a_la_place: bool = False


def _act(
    text: Annotated[str, Form(max_length=MOST_TEXT)] = "",
    statut: Annotated[str, Form(max_length=20)] = "",
    voie: Annotated[str, Form(max_length=20)] = "",
    organisme: Annotated[str, Form(max_length=100)] = "",
    autre: Annotated[str, Form(max_length=100)] = "",
    accord: Annotated[bool, Form()] = False,
    a_la_place: Annotated[bool, Form()] = False,
) -> Act:
    given = {"statut": statut, "voie": voie, "organisme": organisme, "autre": autre}
    return Act(text=text.strip(), accord=accord, a_la_place=a_la_place, **given)


@router.post("/{reference}/{act}")
def do(
    request: Request,
    viewer: Signed,
    services: Given,
    reference: str,
    act: str,
    form: Annotated[Act, Depends(_act)],
) -> Response:
    """Do one thing with a request, then show it; the inbox where it is not the viewer's any more."""
    book = book_of(services)
    if act not in ACTS:
        raise NotFound
    with told():
        sight = book.sight(viewer)
        case = _seen(book, sight, reference, act)
        ACTS[act](book, sight, reference, book.advisor(viewer, case), form)
    return to(request, "" if act == "transmettre" else f"/{reference}")


def _seen(book: RequestBook, sight: Sight, reference: str, act: str) -> Case | None:
    """Return the request; None where the viewer sees it no more and wants to take it: they are told who has it."""
    try:
        return book.advising.handling.find(sight, reference)
    except UnknownRequest:
        if act != "prendre":
            raise
        return None


def _claim(book: RequestBook, sight: Sight, reference: str, advisor: Advisor, form: Act) -> None:
    book.advising.handling.claim(sight, reference, advisor, form.a_la_place)


def _release(book: RequestBook, sight: Sight, reference: str, advisor: Advisor, form: Act) -> None:
    book.advising.handling.release(sight, reference, advisor)


def _note(book: RequestBook, sight: Sight, reference: str, advisor: Advisor, form: Act) -> None:
    book.advising.handling.note(sight, reference, advisor, _words(form))


def _reply(book: RequestBook, sight: Sight, reference: str, advisor: Advisor, form: Act) -> None:
    replies = book.advising.replies
    ways = {"mail": replies.by_mail, "conversation": replies.in_channel, "phone": replies.by_phone}
    if form.voie not in ways:
        raise Problem(422, "invalid")
    ways[form.voie](sight, reference, advisor, _words(form))


def _close(book: RequestBook, sight: Sight, reference: str, advisor: Advisor, form: Act) -> None:
    book.advising.handling.close(sight, reference, advisor, form.statut, form.text)


def _hand_on(book: RequestBook, sight: Sight, reference: str, advisor: Advisor, form: Act) -> None:
    body = book.bodies.body(form.autre.strip() or form.organisme)
    if body is None:
        raise Problem(422, "unknown_body")
    book.advising.handling.hand_on(sight, reference, advisor, body, form.accord, form.text)


def _words(form: Act) -> str:
    if not form.text:
        raise Problem(422, "invalid")
    return form.text


ACTS: dict[str, Callable[[RequestBook, Sight, str, Advisor, Act], None]] = {
    "prendre": _claim,
    "rendre": _release,
    "note": _note,
    "repondre": _reply,
    "statut": _close,
    "transmettre": _hand_on,
}
