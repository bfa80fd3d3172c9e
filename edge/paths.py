"""Addresses that no page of ours has, and that would break what stands behind."""

import unicodedata
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send


class ReadablePaths:
    """ASGI layer that lets no path with control characters in: databases and file systems stumble over them.

    `refuse` makes the answer.
    """

    def __init__(self, app: ASGIApp, refuse: Callable[[], Response]) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse it."""
        readable = all(unicodedata.category(each) != "Cc" for each in scope.get("path", ""))
        await (self._app if readable else self._refuse())(scope, receive, send)
