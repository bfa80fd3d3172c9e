"""The conversation without scripts: a page with what was said, and forms that post."""

import re
import secrets
from itertools import takewhile
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from conversations.errors import UnknownConversation
from conversations.tokens import token_hash
from conversations.views import ANSWERED, Message, Turn
from edge.origin import is_same_origin
from portal.erasure import is_proof
from portal.identity import COOKIE, Token, address_of, give_cookie, take_cookie
from portal.page import shown
from portal.places import UnknownPlace
from portal.problems import Problem
from portal.services import Given, Services
from portal.text import parted

PAGE, SCRIPTED = "/conversation", "/"
BOT = "bot"
CHANNEL = "web"
_ID = re.compile(r"[A-Za-z0-9._:~-]{1,100}")

router = APIRouter(prefix=PAGE)


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form of our own pages; raises the 403 problem for one of another site."""
    if not is_same_origin(request):
        raise Problem(403, "foreign_origin")
    try:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=20)
    except ValueError as error:  # more fields than any form of ours has
        raise Problem(400, "invalid", fields=[]) from error
    return {name: values[0] for name, values in fields.items()}


Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("")
async def conversation(request: Request, given: Given) -> Response:
    """Show what was said, with the form to go on; without a conversation the form alone."""
    return _page(request, await _said(given, request.cookies.get(COOKIE)))


@router.post("/messages")
async def say(request: Request, given: Given, form: Form) -> Response:
    """Take one message, then show the conversation; one that erased it shows the proof, which is kept nowhere."""
    text, rest = parted(form.get("text", ""), given.desk.message_limit)
    message_id = form.get("message_id", "")
    if not text:
        return RedirectResponse(f"{PAGE}#ecrire", 303)
    token, turn = await _taken(request, given, text, message_id if _ID.fullmatch(message_id) else _new_id())
    if is_proof(turn):
        response = _page(request, list(turn.messages), rest=rest)
        take_cookie(response, given.cookie_secure)
        return response
    # What is too long for one message stays in the form, and nowhere else: that page cannot be asked for again.
    response = (
        _page(request, await _said(given, token), rest=rest) if rest else RedirectResponse(f"{PAGE}#fin", 303)
    )
    fresh = given.desk.tokens.renewed(token) or token
    give_cookie(request, response, fresh, given.cookie_secure)
    return response


@router.post("/ouvrir")
async def ask(request: Request, given: Given, form: Form) -> Response:
    """Begin with a need and a place chosen on another page; in a conversation under way they are said there."""
    desk = given.directory
    if desk is None:
        raise Problem(404, "not_found")
    search = desk.searches.read(form)
    token = request.cookies.get(COOKIE)
    if token and search.need and await _known(given, token):
        await given.desk.say(token, _new_id(), desk.words.asking(search.need.value, search.place))
        return RedirectResponse(SCRIPTED, 303)
    territory = search.place and {"level": search.place.level, "code": search.place.code}
    need = search.need and search.need.value
    response = RedirectResponse(SCRIPTED, 303)
    give_cookie(request, response, await _opened(request, given, territory, need), given.cookie_secure)
    return response


@router.get("/effacer")
async def before_erasing(request: Request) -> Response:
    """Ask once more before everything goes."""
    return shown(request, "erase.html")


@router.post("/effacer")
async def erase(request: Request, given: Given, form: Form, token: Token) -> Response:
    """Erase the conversation everywhere."""
    await given.desk.erase(token)
    response = _page(request, [], erased=True)
    take_cookie(response, given.cookie_secure)
    return response


async def _taken(request: Request, given: Services, text: str, message_id: str) -> tuple[str, Turn]:
    """Return the token and the turn of a message, in a new conversation where there is none (any more)."""
    token = request.cookies.get(COOKIE)
    if not token or not await _known(given, token):
        token = await _opened(request, given, None, None)
    await given.senders.admit(address_of(request), f"{token_hash(token)} {message_id}")
    return token, await given.desk.say(token, message_id, text)


async def _opened(request: Request, given: Services, territory: dict | None, need: str | None) -> str:
    await given.openings.admit(address_of(request))
    try:
        place = given.places.resolve(territory) if territory else None
    except UnknownPlace as error:
        raise Problem(422, "unknown_territory") from error
    token, _ = await given.desk.open(CHANNEL, place, need)
    return token


async def _known(given: Services, token: str) -> bool:
    try:
        await given.desk.by_token(token)
    except UnknownConversation:
        return False
    return True


async def _said(given: Services, token: str | None) -> list[Message]:
    try:
        return await given.desk.messages(token) if token else []
    except UnknownConversation:
        return []


def _page(request: Request, messages: list[Message], erased: bool = False, rest: str = "") -> Response:
    """Return the page with these messages; the answers proposed last can be chosen, and what failed sent again.

    `rest` is what a message was too long for.
    """
    since = list(takewhile(lambda each: each.author == BOT, reversed(messages)))
    offered = [button for each in reversed(since) for button in each.buttons or []]
    mine = [each for each in messages if each.author != BOT and each.state != ANSWERED]
    return shown(
        request,
        "plain.html",
        messages=messages,
        offered=offered,
        failed=mine[-1] if mine else None,
        message_id=_new_id(),
        erased=erased,
        rest=rest,
        headers={"Cache-Control": "no-store"},
    )


def _new_id() -> str:
    return secrets.token_hex(16)
