"""Routes that the framework does not read for."""

from collections.abc import Awaitable, Callable, Collection

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send


class PlainRoute(Route):
    """A route that is handed the request as it came, and that the log of requests can name as it names the others.

    What it raises becomes an answer further out, as what any other route raises does.
    """

    def __init__(
        self, path: str, endpoint: Callable[[Request], Awaitable[Response]], methods: Collection[str]
    ) -> None:
        super().__init__(path, endpoint, methods=methods)
        # The library's own looks for handlers of exceptions once more, in three frames that stay while a stream does.
        self.app = _served_by(endpoint)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the request is for this route, and leave the route with it."""
        match, child = super().matches(scope)
        if match != Match.NONE:
            child["route"] = self
        return match, child


def _served_by(endpoint: Callable[[Request], Awaitable[Response]]) -> ASGIApp:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        response = await endpoint(Request(scope, receive, send))
        await response(scope, receive, send)

    return serve
