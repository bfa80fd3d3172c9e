"""Signing in and out, and links that work once. What stands in `router` is open without a login."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from console.access import COOKIE, Signed
from console.accounts.desk import AccountDesk
from console.accounts.errors import LinkSpent, PasswordTooWeak, SignInRefused
from console.accounts.next_page import own_path
from console.accounts.open_forms import drop, keep, open_page, own_open_form
from console.errors import NotFound, Problem
from console.services import Given, Services

LINK_COOKIE, LINK_SECONDS = "boussole_console_link", 3600
router = APIRouter(dependencies=[Depends(own_open_form)])
signing_out = APIRouter()


def desk_of(services: Services) -> AccountDesk:
    """Return the accounts; without any, there is nothing to sign in to."""
    if services.accounts is None:
        raise NotFound
    return services.accounts


def to(request: Request, path: str) -> RedirectResponse:
    """Return the way to another page of the console."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)


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
    """Begin a session; one that this browser had before ends."""
    desk, device = desk_of(services), request.headers.get("user-agent", "")
    try:
        token = desk.sign_in.with_password(email, password, device)
    except SignInRefused:
        return _sign_in_page(request, suite, 401, email=email, refused=True)
    if earlier := request.cookies.get(COOKIE):
        desk.sessions.end(earlier)
    answer = to(request, own_path(suite))
    keep(request, answer, COOKIE, token)
    return answer


@router.get("/lien/{token}")
def link(request: Request, token: str) -> Response:
    """Take the token out of the address, where the history and other sites would see it."""
    answer = to(request, "/lien")
    keep(request, answer, LINK_COOKIE, token, LINK_SECONDS)
    return answer


@router.get("/lien")
def password_page(request: Request, services: Given) -> Response:
    """Show the form for the first or a new password."""
    return _password_page(request, desk_of(services))


@router.post("/lien")
def choose_password(
    request: Request,
    services: Given,
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Keep the password; then its owner signs in with it."""
    desk = desk_of(services)
    if password != again:
        return _password_page(request, desk, "differ")
    try:
        desk.links.choose_password(request.cookies.get(LINK_COOKIE, ""), password)
    except PasswordTooWeak as weak:
        return _password_page(request, desk, weak.why)
    except LinkSpent:
        raise Problem(410, "link_spent") from None
    answer = to(request, "/connexion?change=1")
    drop(request, answer, LINK_COOKIE)
    return answer


@signing_out.post("/deconnexion")
def sign_out(request: Request, viewer: Signed, services: Given) -> Response:
    """End this session."""
    desk_of(services).sessions.end(request.cookies[COOKIE])
    answer = to(request, "/connexion")
    drop(request, answer, COOKIE)
    return answer


def _sign_in_page(
    request: Request,
    suite: str,
    status: int = 200,
    email: str = "",
    refused: bool = False,
    changed: bool = False,
) -> Response:
    told = {"suite": own_path(suite), "email": email, "refused": refused, "changed": changed}
    return open_page(request, "accounts/sign_in.html", status, **told)


def _password_page(request: Request, desk: AccountDesk, wrong: str | None = None) -> Response:
    try:
        account = desk.links.account(request.cookies.get(LINK_COOKIE, ""))
    except LinkSpent:
        raise Problem(410, "link_spent") from None
    return open_page(request, "accounts/password.html", 422 if wrong else 200, account=account, wrong=wrong)
