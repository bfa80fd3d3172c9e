"""Links that work once, and asking for one: open without a login."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request
from fastapi.responses import Response

from console.accounts.desk import AccountDesk
from console.accounts.errors import LinkSpent, PasswordTooWeak
from console.accounts.open_forms import drop, keep, open_page, own_open_form
from console.accounts.pages import LENGTHS, desk_of, to
from console.errors import Problem
from console.services import Given

LINK_COOKIE, LINK_SECONDS = "boussole_console_link", 3600
router = APIRouter(dependencies=[Depends(own_open_form)])


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
        first = desk.links.account(_token(request)).invited
        account = desk.links.choose_password(_token(request), password)
    except PasswordTooWeak as weak:
        return _password_page(request, desk, weak.why)
    except LinkSpent:
        raise Problem(410, "link_spent") from None
    if not first:
        desk.post.password_changed(account)
    answer = to(request, "/connexion?change=1")
    drop(request, answer, LINK_COOKIE)
    return answer


@router.get("/mot-de-passe-oublie")
def forgotten_page(request: Request, services: Given, envoi: str = "") -> Response:
    """Show the form, or that something was sent if there is an account."""
    mails = desk_of(services).post.mails
    return open_page(request, "accounts/forgotten.html", mails=mails, sent=bool(envoi))


@router.post("/mot-de-passe-oublie")
def forgotten(
    request: Request, services: Given, after: BackgroundTasks, email: Annotated[str, Form()] = ""
) -> Response:
    """Send a link after the answer, which comes as fast and is the same with an account and without."""
    after.add_task(desk_of(services).post.forgotten, email)
    answer = to(request, "/mot-de-passe-oublie?envoi=1")
    answer.background = after
    return answer


def _token(request: Request) -> str:
    return request.cookies.get(LINK_COOKIE, "")


def _password_page(request: Request, desk: AccountDesk, wrong: str | None = None) -> Response:
    try:
        account = desk.links.account(_token(request))
    except LinkSpent:
        raise Problem(410, "link_spent") from None
    told = {"account": account, "wrong": wrong, "lengths": LENGTHS}
    return open_page(request, "accounts/password.html", 422 if wrong else 200, **told)
