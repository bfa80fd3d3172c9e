"""« Mon compte »: password, second factor and sessions of whoever is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from console.access import Signed
from console.accounts.desk import AccountDesk
from console.accounts.device import device_name
from console.accounts.errors import FactorRequired, PasswordTooWeak, SignInRefused
from console.accounts.pages import LENGTHS, desk_of, picture, to
from console.accounts.second_factor import is_required
from console.errors import NotFound, Problem
from console.pages import shown
from console.services import Given, Services
from console.viewers import Viewer

router = APIRouter()


@router.get("")
def own_page(request: Request, viewer: Signed, services: Given, fait: str = "") -> Response:
    """Show the account; `fait` names what was just done."""
    return _own_page(request, viewer, services, done=fait)


@router.post("/mot-de-passe")
def change_password(
    request: Request,
    viewer: Signed,
    services: Given,
    present: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change the password; all other sessions end."""
    desk = desk_of(services)
    if password != again:
        return _own_page(request, viewer, services, 422, wrong="differ")
    try:
        desk.own.change_password(viewer, present, password)
    except SignInRefused:
        return _own_page(request, viewer, services, 422, wrong="present")
    except PasswordTooWeak as weak:
        return _own_page(request, viewer, services, 422, wrong=weak.why)
    desk.post.password_changed(desk.register.account(viewer.account_id))
    return to(request, "/mon-compte?fait=password")


@router.get("/second-facteur")
def factor_page(request: Request, viewer: Signed, services: Given) -> Response:
    """Show how the second factor is set up."""
    return _factor_page(request, viewer, desk_of(services))


@router.get("/second-facteur/image.svg")
def factor_picture(viewer: Signed, services: Given) -> Response:
    """Draw the secret that is being set up."""
    desk = desk_of(services)
    return picture(desk.factor.address(desk.own.setting_up(viewer), viewer.email))


@router.post("/second-facteur")
def set_factor(
    request: Request,
    viewer: Signed,
    services: Given,
    present: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Set the second factor up and show its recovery codes, this once."""
    desk = desk_of(services)
    try:
        codes = desk.own.set_factor(viewer, present, code)
    except SignInRefused:
        return _factor_page(request, viewer, desk, 422)
    return shown(request, "accounts/codes.html", viewer, codes=codes, onward="/mon-compte")


@router.post("/second-facteur/retrait")
def remove_factor(
    request: Request, viewer: Signed, services: Given, present: Annotated[str, Form()] = ""
) -> Response:
    """Do without a second factor."""
    try:
        desk_of(services).own.remove_factor(viewer, present)
    except SignInRefused:
        return _own_page(request, viewer, services, 422, wrong_factor=True)
    except FactorRequired:
        raise Problem(403, "factor_required") from None
    return to(request, "/mon-compte?fait=factor_removed")


@router.post("/codes")
def new_codes(
    request: Request, viewer: Signed, services: Given, present: Annotated[str, Form()] = ""
) -> Response:
    """Make new recovery codes and show them, this once."""
    try:
        codes = desk_of(services).own.new_codes(viewer, present)
    except SignInRefused:
        return _own_page(request, viewer, services, 422, wrong_factor=True)
    return shown(request, "accounts/codes.html", viewer, codes=codes, onward="/mon-compte")


@router.post("/sessions/{session_id}")
def revoke(request: Request, viewer: Signed, services: Given, session_id: str) -> Response:
    """End one of one's own sessions; one of somebody else is as one that is not there."""
    if not desk_of(services).sessions.revoke(viewer.account_id, session_id):
        raise NotFound
    return to(request, "/mon-compte?fait=revoked")


def sessions_of(desk: AccountDesk, account_id: str) -> list[dict[str, object]]:
    """Return an account's sessions with browser and system named."""
    rows = []
    for each in desk.sessions.of(account_id):
        browser, system = device_name(each.device)
        rows.append({"session": each, "browser": browser, "system": system})
    return rows


def _own_page(
    request: Request,
    viewer: Viewer,
    services: Services,
    status: int = 200,
    done: str = "",
    wrong: str | None = None,
    wrong_factor: bool = False,
) -> Response:
    desk = desk_of(services)
    account, known = desk.register.account(viewer.account_id), request.app.state.pages.wording.names("done")
    told = {
        "account": account,
        "done": done if done in known else "",
        "wrong": wrong,
        "wrong_factor": wrong_factor,
        "lengths": LENGTHS,
        "has_password": desk.own.has_password(viewer),
        "required": is_required(viewer.role),
        "codes_left": desk.own.codes_left(viewer),
        "sessions": sessions_of(desk, viewer.account_id),
        "bodies": desk.ground.bodies.named(account.scope.bodies),
        "ground": desk.ground,
    }
    return shown(request, "accounts/own.html", viewer, status, **told)


def _factor_page(request: Request, viewer: Viewer, desk: AccountDesk, status: int = 200) -> Response:
    told = {
        "words": desk.factor.in_words(desk.own.setting_up(viewer)),
        "has_password": desk.own.has_password(viewer),
        "refused": status != 200,
    }
    return shown(request, "accounts/factor.html", viewer, status, **told)
