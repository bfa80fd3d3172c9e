"""Signing in and out. What stands in `router` is open without a login; `signing_out` is not."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from console.access import COOKIE, Signed
from console.accounts.desk import AccountDesk
from console.accounts.errors import SignInRefused
from console.accounts.next_page import own_path, with_next
from console.accounts.open_forms import drop, keep, open_page, own_open_form
from console.accounts.pages import caller_of, desk_of, picture, to
from console.accounts.provider import ProviderAway
from console.accounts.signing_in import LASTS, Halfway, Waiting
from console.accounts.signing_in import Signed as SignedIn
from console.errors import NotSignedIn
from console.services import Given

HALFWAY_COOKIE = "boussole_console_halfway"
CODE_PAGE = "/connexion/second-facteur"
router = APIRouter(dependencies=[Depends(own_open_form)])
signing_out = APIRouter()


@router.get("/connexion")
def sign_in_page(request: Request, suite: str = "/", change: str = "") -> Response:
    """Show the form."""
    return _sign_in_page(request, suite, changed=bool(change))


@router.post("/connexion")
def sign_in(
    request: Request,
    services: Given,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    suite: Annotated[str, Form()] = "/",
) -> Response:
    """Begin a session, or ask for the second factor."""
    desk = desk_of(services)
    try:
        came = desk.sign_in.with_password(email, password, caller_of(request))
    except SignInRefused:
        return _sign_in_page(request, suite, 401, email=email, refused=True)
    return let_in(request, desk, came, suite)


@router.get(CODE_PAGE)
def code_page(request: Request, services: Given, suite: str = "/") -> Response:
    """Ask for a code; whoever has no second factor and needs one sets it up first."""
    return _code_page(request, desk_of(services), suite)


@router.post(CODE_PAGE)
def give_code(
    request: Request,
    services: Given,
    code: Annotated[str, Form()] = "",
    suite: Annotated[str, Form()] = "/",
) -> Response:
    """Begin a session for a right code; new recovery codes are shown once."""
    desk = desk_of(services)
    try:
        came = desk.sign_in.with_code(_halfway(request), code, caller_of(request))
    except SignInRefused:
        return _code_page(request, desk, suite, 401)
    if not came.codes:
        return let_in(request, desk, came, suite)
    page = open_page(request, "accounts/codes.html", codes=came.codes, onward=own_path(suite))
    return _with_session(request, desk, page, came)


@router.get(CODE_PAGE + "/image.svg")
def setting_up(request: Request, services: Given) -> Response:
    """Draw the secret that is being set up."""
    desk = desk_of(services)
    waiting = _waiting(request, desk)
    if waiting.sealed is None:
        raise NotSignedIn
    return picture(desk.factor.address(waiting.sealed, waiting.email))


@signing_out.post("/deconnexion")
def sign_out(request: Request, viewer: Signed, services: Given) -> Response:
    """End this session; who came through the identity provider is shown the way out there too."""
    desk = desk_of(services)
    id_token = desk.sessions.end(request.cookies[COOKIE])
    farewell = _farewell(desk, id_token) if id_token else None
    if farewell:
        # No redirect: the policy of our pages lets no form lead elsewhere.
        answer = open_page(request, "accounts/farewell.html", farewell=farewell, name=desk.federation.name)
    else:
        answer = to(request, "/connexion")
    drop(request, answer, COOKIE)
    return answer


def let_in(request: Request, desk: AccountDesk, came: SignedIn | Halfway, suite: str) -> Response:
    """Open the page that was asked for, or go on to the second half."""
    if isinstance(came, Halfway):
        answer = to(request, with_next(CODE_PAGE, suite))
        keep(request, answer, HALFWAY_COOKIE, came.token, int(LASTS.total_seconds()))
        return answer
    return _with_session(request, desk, to(request, own_path(suite)), came)


def _with_session(request: Request, desk: AccountDesk, answer: Response, came: SignedIn) -> Response:
    """Give the browser its new session; one that it had before ends."""
    if earlier := request.cookies.get(COOKIE):
        desk.sessions.end(earlier)
    keep(request, answer, COOKIE, came.token)
    drop(request, answer, HALFWAY_COOKIE)
    return answer


def _farewell(desk: AccountDesk, id_token: str) -> str | None:
    try:
        return desk.federation.farewell(id_token) if desk.federation else None
    except ProviderAway:
        return None


def _halfway(request: Request) -> str:
    return request.cookies.get(HALFWAY_COOKIE, "")


def _waiting(request: Request, desk: AccountDesk) -> Waiting:
    try:
        return desk.sign_in.waiting(_halfway(request))
    except SignInRefused:
        raise NotSignedIn from None


def _sign_in_page(
    request: Request,
    suite: str,
    status: int = 200,
    email: str = "",
    refused: bool = False,
    changed: bool = False,
) -> Response:
    accounts = request.app.state.services.accounts
    provider = accounts.federation.name if accounts and accounts.federation else ""
    told = {
        "suite": own_path(suite),
        "email": email,
        "refused": refused,
        "changed": changed,
        "provider": provider,
    }
    return open_page(request, "accounts/sign_in.html", status, **told)


def _code_page(request: Request, desk: AccountDesk, suite: str, status: int = 200) -> Response:
    try:
        waiting = desk.sign_in.waiting(_halfway(request))
    except SignInRefused:
        return to(request, with_next("/connexion", suite))
    words = desk.factor.in_words(waiting.sealed) if waiting.sealed else None
    told = {"suite": own_path(suite), "words": words, "refused": status != 200}
    return open_page(request, "accounts/code.html", status, **told)
