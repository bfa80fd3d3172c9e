"""The chat API: one conversation, its messages and its erasure."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StrictStr

from conversations.tokens import token_hash
from conversations.views import Turn
from edge.routes import PlainRoute
from portal.bodies import content_of
from portal.erasure import is_proof
from portal.identity import Token, address_of, give_cookie, renew, take_cookie, token_of
from portal.places import UnknownPlace
from portal.problems import Problem
from portal.services import Given, Services, services_of
from portal.stream import EventResponse, EventStream
from portal.turns import WEB

# Larger than any number of messages, and small enough for every database's integer.
LAST_NUMBER = 2**31 - 1

MESSAGES = "/api/conversations/current/messages"
EVENTS = "/api/conversations/current/events"

Position = Annotated[int | None, Query(ge=0, le=LAST_NUMBER)]


class TerritoryCode(BaseModel):
    """A territory by its official code."""

    level: StrictStr = Field(..., max_length=20)
    code: StrictStr = Field(..., max_length=20)


class Opening(BaseModel):
    """What the page that opens a conversation knows already."""

    territory: TerritoryCode | StrictStr | None = Field(None, max_length=200)
    need: StrictStr | None = Field(None, regex=r"^[a-z][a-z_]{0,39}\Z")


class Said(BaseModel):
    """One message of the owner; `message_id` is made by the sender and names it for good."""

    text: StrictStr
    message_id: StrictStr = Field(..., regex=r"^[A-Za-z0-9._:~-]{1,100}\Z")


router = APIRouter(prefix="/api/conversations")


@router.post("", status_code=201)
async def open_conversation(request: Request, given: Given, opening: Opening | None = None) -> Response:
    """Open a conversation and greet."""
    opening = opening or Opening()
    territory = _territory(given, opening.territory)
    await given.openings.admit(address_of(request))
    token, turn = await given.desk.open(WEB, territory, opening.need)
    response = JSONResponse({"token": token, **shown(turn)}, 201)
    give_cookie(request, response, token, given.cookie_secure)
    return response


async def say(request: Request) -> Response:
    """Answer one message of the owner; one that erased the conversation takes the cookie back.

    A plain route: an owner waits, and the framework's own takes more time than reading token and body does. Who may
    not call learns nothing of what a call should look like.
    """
    given, token = await services_of(request), await token_of(request)
    said = await content_of(request, Said)
    await given.senders.admit(address_of(request), f"{token_hash(token)} {said.message_id}")
    turn = await given.desk.say(token, said.message_id, said.text)
    # Plain values already: the framework would go through every card once more.
    response = JSONResponse(shown(turn))
    if is_proof(turn):
        take_cookie(response, given.cookie_secure)
    else:
        renew(request, response, token, given.cookie_secure)
    return response


@router.get("/current/messages")
async def transcript(request: Request, token: Token, given: Given, after: Position = None) -> Response:
    """Return what was said so far, or since the message `after`; with it the place that is known and the opinions."""
    conversation = await given.desk.by_token(token)
    messages = await given.desk.transcript(conversation, after)
    opinions = await run_sync(given.opinions.of, conversation.id)
    known = {number: opinion.to_dict() for number, opinion in opinions.items()}
    content = {"messages": messages, "territory": conversation.territory, "opinions": known}
    response = JSONResponse(content)
    renew(request, response, token, given.cookie_secure)
    return response


async def listen(request: Request) -> Response:
    """Send each stored message as one server-sent event, from `Last-Event-ID` or `after` on.

    A plain route: the framework's would hold its ground for as long as somebody listens, and hundreds do.
    """
    given = await services_of(request)
    conversation = await given.desk.by_token(await token_of(request))
    last = request.headers.get("last-event-id", "")
    # A browser that comes back knows better than the address it first asked for.
    start = min(int(last), LAST_NUMBER) if last.isascii() and last.isdigit() else _after(request)
    headers = {"X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        return Response(headers=headers, media_type=EventResponse.media_type)
    stream = EventStream(given.desk, conversation, given.metrics, given.heartbeat)
    return EventResponse(stream, start or 0, headers)


router.routes.append(PlainRoute(MESSAGES, say, methods=["POST"]))
router.routes.append(PlainRoute(EVENTS, listen, methods=["GET"]))


@router.delete("/current", status_code=204)
async def erase(token: Token, given: Given) -> Response:
    """Erase the conversation everywhere."""
    await given.desk.erase(token)
    response = Response(status_code=204)
    take_cookie(response, given.cookie_secure)
    return response


def shown(turn: Turn) -> dict[str, Any]:
    """Return a turn as the API shows it: the bot's messages, and whether it could be answered."""
    return {"messages": [message.to_dict() for message in turn.messages], "state": turn.state}


def _after(request: Request) -> int | None:
    asked = request.query_params.get("after")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and int(asked[:20]) <= LAST_NUMBER):
        raise Problem(422, "invalid", fields=["after"])
    return int(asked)


def _territory(given: Services, asked: TerritoryCode | str | None) -> dict[str, Any] | None:
    if not asked:
        return None
    try:
        return given.places.resolve(asked if isinstance(asked, str) else asked.dict())
    except UnknownPlace as error:
        raise Problem(422, "unknown_territory") from error
