"""Forms that are shown before anybody is signed in: ours alone, by a cookie that the form must repeat."""

import secrets

from fastapi import Request
from fastapi.responses import Response

from console.accounts.sessions import form_token
from console.errors import Problem
from console.pages import shown
from edge.origin import SAFE_METHODS, is_same_origin

COOKIE, FIELD = "boussole_console_form", "csrf"


async def own_open_form(request: Request) -> None:
    """Refuse a form that another site made: nobody is to be signed in to an account that is not theirs."""
    if request.method in SAFE_METHODS:
        return
    cookie, given = request.cookies.get(COOKIE), (await request.form()).get(FIELD)
    expected = form_token(cookie) if cookie else ""
    if not expected or not is_same_origin(request) or not _same(str(given or ""), expected):
        raise Problem(403, "foreign_form")


def open_page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """Return a page whose form is ours; the browser gets the cookie with its first one."""
    cookie = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
    answer = shown(request, template, None, status, csrf=form_token(cookie), **values)
    if COOKIE not in request.cookies:
        keep(request, answer, COOKIE, cookie)
    return answer


def keep(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Put a cookie that scripts cannot read; it is sent to the console only."""
    secure = request.app.state.services.cookie_secure
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure, path=cookie_path(request)
    )


def drop(request: Request, response: Response, name: str) -> None:
    """Take a cookie away."""
    secure = request.app.state.services.cookie_secure
    response.delete_cookie(name, httponly=True, samesite="lax", secure=secure, path=cookie_path(request))


def cookie_path(request: Request) -> str:
    """Return the path that the console stands at."""
    return request.scope.get("root_path", "") or "/"


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())
