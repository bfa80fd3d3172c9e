"""One log line a request: what was asked, by its pattern, and how it ended."""

import logging
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edge.logs import begin, told

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
# Whoever asked has gone before there was an answer.
GONE = 499
FAILED = 500
# Asked every few seconds by machines.
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})


class RequestLog:
    """ASGI layer that logs each request, without the address that was asked for: it may hold a token or words.

    Every line of the request carries its id, which the answer tells too: for whoever reports what went wrong.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = secrets.token_hex(8)
        begin(request=name)
        status, failure, started = GONE, None, time.perf_counter()

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        try:
            await self._app(scope, receive, send_named)
        except Exception as error:
            # Whoever stands around this layer makes the answer.
            status, failure = (FAILED if status == GONE else status), error
            raise
        finally:
            spent = round(1000 * (time.perf_counter() - started), 1)
            asked = {"method": _method(scope), "route": route_of(scope), "status": status, "ms": spent}
            logger.log(_level(asked["route"], failure), "request", exc_info=failure, extra={"facts": asked})


def request_headers() -> dict[str, str]:
    """Return the header that tells the id of the request under way, for an answer made outside the layer."""
    name = told().get("request")
    return {HEADER: name} if name else {}


def route_of(scope: Scope) -> str:
    """Return the pattern of the address: `/annuaire/{slug}`, and « unknown » where there is none."""
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    return _mount_of(scope) or "unknown"


def _mount_of(scope: Scope) -> str | None:
    """Return the folder of files that were asked for: their own names say nothing."""
    app = scope.get("app")
    path = scope.get("path", "")
    mounts = (each for each in getattr(app, "routes", ()) if isinstance(each, Mount))
    return next((each.path for each in mounts if each.path and path.startswith(f"{each.path}/")), None)


def _method(scope: Scope) -> str:
    """Return the method; one that nobody knows may be anything."""
    known = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
    return scope["method"] if scope["method"] in known else "unknown"


def _level(route: str, failure: Exception | None) -> int:
    if failure:
        return logging.ERROR
    return logging.DEBUG if route in PROBES else logging.INFO
