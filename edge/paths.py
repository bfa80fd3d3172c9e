"""Addresses that no page of ours has, and that would break what stands behind."""

import unicodedata
from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send


class ReadablePaths:
    """ASGI layer that lets no path with control characters in: databases and file systems stumble over them.

    `refuse` makes the answer.
    """

    def __init__(self, app: ASGIApp, refuse: Callable[[], Response]) -> None:
        self._app = app
        self._refuse = refuse

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Have the request served, or refuse it."""
        readable = all(unicodedata.category(each) != "Cc" for each in scope.get("path", ""))
        return (self._app if readable else self._refuse())(scope, receive, send)
