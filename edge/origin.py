"""Whether a request comes from our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_same_origin(request: Request) -> bool:
    """Return whether the request comes from our own page, or from no browser at all.

    Browsers always say where a request that changes something comes from: Sec-Fetch-Site in present ones,
    Origin in older ones.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
