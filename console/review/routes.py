"""The queue of the review, and one message after the other."""

from collections.abc import Callable
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from console.access import Signed
from console.errors import NotFound, Problem
from console.pages import shown
from console.review import approvals, export
from console.review.desk import ME, NO_ONE, ReviewDesk, who
from console.review.forms import TypedEntity, TypedReading, check
from console.review.services import Id, OptionalId, desk_of, plain, to
from console.review.turn_page import labels_of, turn_page
from console.services import Given
from console.viewers import Viewer
from conversations.errors import UnknownConversation
from conversations.reading_log import CONVERSATION, QUEUE
from conversations.review_errors import AlreadyProposed, UnknownTurn
from conversations.review_views import CORRECTED, RIGHT, UNUSABLE, HeardTurn, Reading

router = APIRouter()
router.include_router(approvals.router)
router.include_router(export.router)

State = Literal["new", "later", "reviewed"]
Act = Literal["right", "corrected", "learn", "unusable"]
VERDICTS = {"right": RIGHT, "corrected": CORRECTED, "learn": CORRECTED, "unusable": UNUSABLE}


@router.get("")
def queue(
    request: Request,
    viewer: Signed,
    services: Given,
    etat: State = "new",
    pour: Annotated[str, Query(max_length=64)] = "",
    fait: str = "",
) -> Response:
    """Show the conversations that a person should look at; `pour` says whose."""
    desk = desk_of(services)
    items = [(each, desk.hidden(each.excerpt)) for each in desk.queue(etat, viewer, pour)]
    purpose = request.app.state.pages.wording.say("review", "purpose")
    shown_ids = [each.conversation_id for each, _ in items]
    desk.reads.record_list(
        viewer.account_id, QUEUE, urlencode({"etat": etat, "pour": pour}), shown_ids, purpose
    )
    counts = desk.candidates.counts()
    told = {
        "items": items,
        "state": etat,
        "whose": pour,
        "reviewers": desk.reviewers(),
        "people": desk.people(),
        "done": _word(fait),
        "waiting": counts.get("proposed", 0),
    }
    return shown(request, "review/queue.html", viewer, labels=labels_of(request), **told)


@router.get("/suivant")
def following(request: Request, services: Given, apres: OptionalId = None, fait: str = "") -> Response:
    """Go to the next message that a person should look at."""
    desk = desk_of(services)
    try:
        turn = desk.following(apres)
    except UnknownTurn:
        turn = desk.following()
    if turn is None:
        return to(request, f"/relecture?fait={_word(fait)}" if fait else "/relecture")
    return to(request, f"/relecture/messages/{turn.id}{'?fait=' + _word(fait) if fait else ''}")


@router.get("/conversations/{conversation_id}")
def first(request: Request, services: Given, conversation_id: Id) -> Response:
    """Go to the message of a conversation to look at first."""
    turn = desk_of(services).first(conversation_id)
    if turn is None:
        raise NotFound
    return to(request, f"/relecture/messages/{turn.id}")


@router.get("/messages/{turn_id}")
def message(request: Request, viewer: Signed, services: Given, turn_id: Id, fait: str = "") -> Response:
    """Show one message and how it was understood."""
    desk = desk_of(services)
    turn = _turn(desk, turn_id)
    purpose = request.app.state.pages.wording.say("review", "purpose")
    desk.reads.record_read(viewer.account_id, CONVERSATION, turn.conversation_id, purpose)
    return turn_page(request, viewer, desk, turn, done=_word(fait))


@router.post("/messages/{turn_id}")
def judge(
    request: Request,
    viewer: Signed,
    services: Given,
    turn_id: Id,
    act: Annotated[Act, Form()],
    text: Annotated[str, Form()] = "",
    label: Annotated[list[str], Form()] = [],  # noqa: B006  read, never changed
    about: Annotated[str, Form()] = "",
    kind: Annotated[list[str], Form()] = [],  # noqa: B006
    words: Annotated[list[str], Form()] = [],  # noqa: B006
    value: Annotated[list[str], Form()] = [],  # noqa: B006
    start: Annotated[list[str], Form()] = [],  # noqa: B006
    comment: Annotated[str, Form()] = "",
    anyway: Annotated[bool, Form()] = False,
) -> Response:
    """Keep what a person makes of a message, then go to the next one."""
    desk = desk_of(services)
    turn = _turn(desk, turn_id)
    if act in ("right", "unusable"):
        heard = desk.heard(turn)
        desk.reviews.correct(turn_id, VERDICTS[act], heard, who(viewer), plain(comment)[:2000])
        return _next(request, turn_id, act)
    entities = tuple(map(TypedEntity, kind, words, value, start))
    typed = TypedReading(text, tuple(label), about, entities, plain(comment)[:2000])
    checked = check(typed, labels_of(request))
    if checked.reading is None:
        return turn_page(request, viewer, desk, turn, typed, checked.wrong)
    if act == "learn":
        found = desk.findings(checked.reading, turn_id)
        if any(each.stops for each in found) or (found and not anyway):
            return turn_page(request, viewer, desk, turn, typed, findings=found)
    return _keep(request, viewer, desk, turn, checked.reading, typed, act)


def _keep(
    request: Request,
    viewer: Viewer,
    desk: ReviewDesk,
    turn: HeardTurn,
    reading: Reading,
    typed: TypedReading,
    act: str,
) -> Response:
    desk.reviews.correct(turn.id, CORRECTED, reading, who(viewer), typed.comment)
    if act == "learn":
        try:
            desk.candidates.propose(turn.id, reading, who(viewer))
        except AlreadyProposed:
            return turn_page(request, viewer, desk, turn, typed, [("proposed", {})])
    return _next(request, turn.id, act)


@router.post("/conversations/{conversation_id}/etat")
def move(
    request: Request,
    viewer: Signed,
    services: Given,
    conversation_id: Id,
    state: Annotated[State, Form()],
) -> Response:
    """Mark a conversation as new, for later or reviewed; then go to the next message, or stay with a new one."""
    _exists(lambda: desk_of(services).reviews.move(conversation_id, state, who(viewer)))
    if state == "new":
        return to(request, f"/relecture/conversations/{conversation_id}")
    return to(request, f"/relecture/suivant?fait={state}")


@router.post("/conversations/{conversation_id}/affectation")
def assign(
    request: Request,
    viewer: Signed,
    services: Given,
    conversation_id: Id,
    whose: Annotated[str, Form(max_length=64)],
) -> Response:
    """Take a conversation for oneself, give it to somebody who reviews, or leave it to all."""
    desk = desk_of(services)
    known = {**desk.reviewers(), ME: viewer.name, NO_ONE: ""}
    if whose not in known:
        raise Problem(422, "no_reviewer")
    account = {ME: viewer.account_id, NO_ONE: None}.get(whose, whose)
    _exists(lambda: desk.reviews.assign(conversation_id, account, who(viewer), known[whose]))
    return to(request, f"/relecture/conversations/{conversation_id}")


@router.post("/conversations/{conversation_id}/etiquettes")
def tag(
    request: Request,
    viewer: Signed,
    services: Given,
    conversation_id: Id,
    tags: Annotated[str, Form()] = "",
) -> Response:
    """Give a conversation its tags, divided by commas."""
    _exists(lambda: desk_of(services).reviews.tag(conversation_id, plain(tags).split(",")[:20], who(viewer)))
    return to(request, f"/relecture/conversations/{conversation_id}")


def _next(request: Request, turn_id: Id, act: str) -> RedirectResponse:
    return to(request, f"/relecture/suivant?apres={turn_id}&fait={act}")


def _turn(desk: ReviewDesk, turn_id: str) -> HeardTurn:
    try:
        turns = desk.reviews.turns(desk.reviews.conversation_of(turn_id))
        return next(each for each in turns if each.id == turn_id)
    except (UnknownTurn, StopIteration):
        raise NotFound from None


def _exists(change: Callable[[], None]) -> None:
    try:
        change()
    except UnknownConversation:
        raise NotFound from None


def _word(told: str) -> str:
    """Return what was done where it is one of the words for it; an address may say anything."""
    return told if told in (*VERDICTS, "later", "reviewed") else ""
