"""What goes wrong, told as RFC 9457 problem details in French: the only place where errors become answers."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from conversations.errors import UnknownConversation, UnknownMessage
from edge.headers import SECURITY_HEADERS
from edge.request_log import request_headers
from knowledge.errors import StoreUnreachable
from portal.limits import TooManyMessages, TooManyOpenings
from portal.rasa_client import DialogueUnavailable
from portal.wording import Wording

logger = logging.getLogger(__name__)

# Makes a page of (request, status, title, detail), None where the caller wants none.
MakePage = Callable[[Request, int, str, str], Response | None]
MEDIA_TYPE = "application/problem+json"

# Every status the framework itself may raise, and the problem it is.
BY_STATUS = {400: "invalid", 404: "not_found", 405: "method_refused", 408: "too_slow", 413: "too_large"}


class Problem(Exception):
    """A request that cannot be served; `name` is a key of wording.yml, `values` fill its sentence."""

    def __init__(
        self, status: int, name: str, headers: Mapping[str, str] | None = None, **values: Any
    ) -> None:
        super().__init__(name)
        self.status = status
        self.name = name
        self.headers = dict(headers or {})
        self.values = values


class ProblemBook:
    """Turns every error of the portal into problem details; `page` makes a page of one where a browser wants one."""

    def __init__(self, wording: Wording, body_limit: int, page: MakePage = lambda *told: None) -> None:
        self._wording = wording
        self._kilobytes = body_limit // 1024
        self._page = page

    def install(self, app: FastAPI) -> None:
        """Make `app` answer its errors through this book."""
        app.add_exception_handler(Problem, self._problem)
        app.add_exception_handler(UnknownConversation, self._unknown)
        app.add_exception_handler(UnknownMessage, self._unknown_message)
        app.add_exception_handler(TooManyMessages, self._too_many)
        app.add_exception_handler(TooManyOpenings, self._too_many_openings)
        app.add_exception_handler(DialogueUnavailable, self._cannot_erase)
        app.add_exception_handler(StoreUnreachable, self._no_store)
        app.add_exception_handler(RequestValidationError, self._invalid)
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(Exception, self._internal)

    def response(self, problem: Problem, request: Request | None = None) -> Response:
        """Return the answer for `problem`; extra values are members of the body too."""
        slug, title, detail = self._wording.problem(problem.name, **problem.values)
        page = request and self._page(request, problem.status, title, detail)
        if page:
            page.headers.update(problem.headers)
            return page
        body = {"type": f"/problemes/{slug}", "title": title, "status": problem.status, "detail": detail}
        body.update(problem.values)
        return JSONResponse(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)

    def too_large(self) -> JSONResponse:
        """Return the answer to a body over the limit."""
        return self.response(Problem(413, "too_large", kilobytes=self._kilobytes))

    def not_found(self) -> Response:
        """Return the answer to an address that cannot be one of ours."""
        return self.response(Problem(404, "not_found"))

    async def _problem(self, request: Request, error: Problem) -> Response:
        return self.response(error, request)

    async def _unknown(self, request: Request, error: UnknownConversation) -> Response:
        return self.response(unknown_conversation(), request)

    async def _unknown_message(self, request: Request, error: UnknownMessage) -> Response:
        return self.response(Problem(404, "unknown_message"), request)

    async def _too_many(self, request: Request, error: TooManyMessages) -> Response:
        return self._wait(request, "too_many", error.retry_after)

    async def _too_many_openings(self, request: Request, error: TooManyOpenings) -> Response:
        return self._wait(request, "too_many_openings", error.retry_after)

    def _wait(self, request: Request, name: str, seconds: int) -> Response:
        return self.response(Problem(429, name, {"Retry-After": str(seconds)}, seconds=seconds), request)

    async def _cannot_erase(self, request: Request, error: DialogueUnavailable) -> Response:
        # Turns catch this themselves; only an erasure lets it through.
        logger.warning("a conversation could not be erased: %s", error.reason)
        return self.response(Problem(503, "cannot_erase", {"Retry-After": "30"}), request)

    async def _no_store(self, request: Request, error: StoreUnreachable) -> Response:
        logger.warning("the knowledge base's store does not answer: %s", error)
        return self.response(Problem(503, "no_store", {"Retry-After": "30"}), request)

    async def _invalid(self, request: Request, error: RequestValidationError) -> Response:
        return self.response(Problem(422, "invalid", fields=_fields(error)), request)

    async def _http(self, request: Request, error: HTTPException) -> Response:
        status = error.status_code
        name = BY_STATUS.get(status, "refused")
        values: dict[str, dict[str, Any]] = {
            "invalid": {"fields": []},
            "method_refused": {"method": request.method},
            "too_large": {"kilobytes": self._kilobytes},
        }
        return self.response(Problem(status, name, error.headers, **values.get(name, {})), request)

    async def _internal(self, request: Request, error: Exception) -> Response:
        # This answer is made outside the middleware that adds these headers everywhere else.
        return self.response(Problem(500, "internal", SECURITY_HEADERS | request_headers()), request)


def unknown_conversation() -> Problem:
    """Return the problem of a token that is missing or opens nothing."""
    return Problem(401, "unknown_conversation", {"WWW-Authenticate": "Bearer"})


def _fields(error: RequestValidationError) -> list[str]:
    """Return the names of the fields at fault; none when the body as a whole cannot be read."""
    names = [str(part["loc"][1]) for part in error.errors() if len(part["loc"]) > 1]
    return sorted({name for name in names if not name.isdigit()})
