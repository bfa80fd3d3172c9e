"""Security headers of every answer, and the limit on what a request may carry."""

import time
from collections.abc import Awaitable, Callable, Mapping

from anyio import fail_after
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Own pages only: the addresses owners leave for must not learn where they come from.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class SecurityHeaders:
    """ASGI layer that adds the security headers; what holds a conversation is never cached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Have the request served."""
        if scope["type"] != "http":
            return self._app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return self._app(scope, receive, send_with_headers)


class BodyLimit:
    """ASGI layer that refuses bodies over `limit` bytes, announced or not, and those that take longer than `seconds`.

    `refuse` makes the answer to what is announced too large. `wider` gives the limits of paths that begin otherwise, by
    what they begin with.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int,
        refuse: Callable[[], Response],
        wider: Mapping[str, int] | None = None,
        seconds: float = 120.0,
    ) -> None:
        self._app = app
        self._limit = limit
        self._refuse = refuse
        self._wider = wider or {}
        self._seconds = seconds

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Have the request served, or refuse it."""
        if scope["type"] != "http":
            return self._app(scope, receive, send)
        limit = self._limit_of(_path(scope))
        if _announced(scope) > limit:
            return self._refuse()(scope, receive, send)
        return self._app(scope, self._counted(receive, limit), send)

    def _limit_of(self, path: str) -> int:
        return next((limit for start, limit in self._wider.items() if path.startswith(start)), self._limit)

    def _counted(self, receive: Receive, limit: int) -> Callable[[], Awaitable[Message]]:
        taken, whole, end = 0, False, None

        async def counted() -> Message:
            nonlocal taken, whole, end
            # From when the body is wanted: a request may have waited for its turn before.
            end = end or time.monotonic() + self._seconds
            # What comes after the body is word that the caller has gone: that may take as long as a stream does.
            message = await receive() if whole else await _within(receive(), end - time.monotonic())
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > limit:
                raise HTTPException(413)
            return message

        return counted


def _path(scope: Scope) -> str:
    """Return the path within the application, wherever it is mounted."""
    return scope["path"].removeprefix(scope.get("root_path", ""))


async def _within(message: Awaitable[Message], seconds: float) -> Message:
    # Not asyncio.wait_for: it makes a task of each piece, and a later request without a body might overtake.
    try:
        with fail_after(max(0.0, seconds)):
            return await message
    except TimeoutError as error:
        raise HTTPException(408) from error


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
