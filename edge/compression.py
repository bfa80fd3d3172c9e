"""Compression of answers, but for streams of events."""

from collections.abc import Awaitable, Callable

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

# Smaller answers would gain nothing.
LEAST = 1024


class Compression(GZipMiddleware):
    """ASGI layer that compresses answers; those to paths for which `streams` is true pass by it untouched.

    The library sends no stream of events compressed either, but makes a compressor for each before it knows: a quarter
    of a megabyte, and the head of the answer waits for the first event.
    """

    def __init__(self, app: ASGIApp, streams: Callable[[str], bool]) -> None:
        super().__init__(app, minimum_size=LEAST, compresslevel=6)
        self._streams = streams

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Have the request served."""
        if scope["type"] == "http" and self._streams(scope["path"]):
            return self.app(scope, receive, send)
        return super().__call__(scope, receive, send)
