"""What goes wrong in the console, told as a French page (or a short text for a script): the only place that does."""

import logging
from collections.abc import Mapping
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.access import FRAGMENT
from console.accounts.errors import TooBusy
from console.errors import NotSignedIn, Problem
from console.pages import shown
from conversations.errors import RecordUnreachable
from edge.headers import SECURITY_HEADERS
from knowledge.errors import StoreUnreachable

logger = logging.getLogger(__name__)

# Statuses the framework itself may raise, and the problem each is.
BY_STATUS = {400: "invalid", 404: "not_found", 405: "not_found", 413: "too_large", 422: "invalid"}


def install(app: FastAPI) -> None:
    """Make `app` answer its errors as pages."""
    app.add_exception_handler(NotSignedIn, _sign_in)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(TooBusy, _busy)
    app.add_exception_handler(RecordUnreachable, _unreachable)
    app.add_exception_handler(StoreUnreachable, _unreachable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _internal)


async def _sign_in(request: Request, error: NotSignedIn) -> Response:
    root = request.scope.get("root_path", "")
    if request.method != "GET" or FRAGMENT in request.headers:
        return _page(request, 401, "signed_out")
    wanted = request.url.path.removeprefix(root) + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{root}/connexion" + (f"?suite={quote(wanted)}" if wanted != "/" else ""), 303)


async def _problem(request: Request, error: Problem) -> Response:
    return _page(request, error.status, error.name, **error.values)


async def _busy(request: Request, error: TooBusy) -> Response:
    return _page(request, 503, "busy")


async def _unreachable(request: Request, error: Exception) -> Response:
    logger.error("a database does not answer (%s)", type(error).__name__)
    return _page(request, 503, "unreachable")


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    return _page(request, 422, "invalid")


async def _http(request: Request, error: HTTPException) -> Response:
    name = BY_STATUS.get(error.status_code, "refused")
    return _page(request, error.status_code, name, headers=error.headers or {})


async def _internal(request: Request, error: Exception) -> Response:
    # Made outside the layer that adds these headers everywhere else.
    return _page(request, 500, "internal", headers=SECURITY_HEADERS)


def _page(
    request: Request, status: int, name: str, headers: Mapping[str, str] | None = None, **values: object
) -> Response:
    title, detail = request.app.state.pages.wording.problem(name, **values)
    if FRAGMENT in request.headers:
        return PlainTextResponse(detail, status, headers=dict(headers or {}))
    viewer = getattr(request.state, "viewer", None)
    answer = shown(request, "problem.html", viewer, status, title=title, detail=detail)
    answer.headers.update(headers or {})
    return answer
