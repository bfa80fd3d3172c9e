"""Downloads from the public internet only, for addresses that somebody typed into a page."""

import ipaddress
import socket

import httpx


class NotPublic(httpx.RequestError):
    """The address leads to a machine that is not on the public internet."""


class PublicOnly(httpx.BaseTransport):
    """Passes requests on to `transport` where every address of their host is public, redirects included."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport or httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request; raises `NotPublic`."""
        if not is_public(request.url.host):
            raise NotPublic(f"{request.url.host} is not on the public internet", request=request)
        return self._transport.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


def is_public(host: str) -> bool:
    """Say whether a host has addresses, all on the public internet."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(
        ipaddress.ip_address(entry[4][0].partition("%")[0]).is_global for entry in found
    )
