"""What pages of other sites may ask of the API: those of the settings, by exact origin, and never with a cookie."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.identity import TOKEN_HEADER

# The widget calls nothing else of an owner; the portal's pages and its channels stay with their own site.
SHARED = ("/api/conversations", "/conversation/agenda.ics", "/conversation/imprimer")
METHODS = ("GET", "POST", "PUT", "DELETE")
HEADERS = ("Authorization", "Content-Type")
REMEMBERED = 600  # seconds a browser may keep what it was told of a method

# Files without anything of an owner, that any page may load.
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


class CrossOrigin:
    """ASGI layer that lets the pages of `origins` call the API with a token."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=METHODS,
            allow_headers=HEADERS,
            expose_headers=[TOKEN_HEADER],
            allow_credentials=False,
            max_age=REMEMBERED,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""
        if scope["type"] != "http" or not scope["path"].startswith(SHARED):
            await self._app(scope, receive, send)
            return

        async def send_varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # Whoever is refused gets another answer than whoever is not: no cache may take one for the other.
                if "origin" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Origin")
            await send(message)

        await self._shared(scope, receive, send_varied)
