"""Where somebody wanted to go before signing in: a page of the console, or the first one."""

from urllib.parse import quote, urlsplit

FIRST, LONGEST = "/", 500


def own_path(wanted: str) -> str:
    """Return `wanted` if it is a path of our own, else the first page.

    Browsers read « \\ » as « / », drop tabs and line ends, and take « //name » for another site.
    """
    odd = any(character < " " or character in "\\\x7f" for character in wanted)
    if odd or len(wanted) > LONGEST or not wanted.startswith("/") or wanted.startswith("//"):
        return FIRST
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return FIRST
    return FIRST if parts.scheme or parts.netloc else wanted


def with_next(path: str, wanted: str) -> str:
    """Return the address of a page on the way to `wanted`, which it hands on."""
    after = own_path(wanted)
    return path if after == FIRST else f"{path}?suite={quote(after)}"
