"""Asks each web address whether its page still stands.

HEAD first, then GET where HEAD does not answer 2xx (many servers refuse it). Redirects are followed by hand,
because each host on the way must be a public one. Bodies are not read.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import httpx

from knowledge.codes import Code
from knowledge.freshness.addresses import is_public
from knowledge.freshness.politeness import Politeness

SECONDS_TO_ANSWER, REDIRECTS = 15.0, 8
AGENT = "BoussolePME-links/1"
_GONE, _PERMANENT = frozenset({404, 410}), frozenset({301, 308})
_BUSY = frozenset({429, 503})


class LinkState(Code):
    """What became of a page, the gravest first."""

    GONE = "gone"  # 404 or 410
    UNREACHABLE = "unreachable"  # no answer, a broken one, a server error, redirects without end
    REFUSED = "refused"  # any other 4xx, or an address that is not public
    MOVED = "moved"  # answers elsewhere, for good
    OK = "ok"


@dataclass(frozen=True)
class Link:
    """The state of one address; `status` is the last HTTP status, `final` where redirects led, `error` the
    name of the failure.
    """

    url: str
    state: LinkState
    status: int | None = None
    final: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class _Answer:
    """What stands at the end of the redirects; `moved` when one of them was for good."""

    url: str
    status: int
    moved: bool


class _NotPublic(Exception):
    """A host on the way is not on the public internet."""


class LinkChecker:
    """Asks addresses over one client; the transport, the politeness and the guard are given."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        politeness: Politeness,
        public: Callable[[str], Awaitable[bool]] = is_public,
    ):
        self._client, self._politeness, self._public = client, politeness, public

    async def check(self, url: str) -> Link:
        """Return what became of `url`; asked once more where the first try fails."""
        link = await self._attempt(url)
        if link.state is LinkState.UNREACHABLE or link.status in _BUSY:
            link = await self._attempt(url)
        return link

    async def _attempt(self, url: str) -> Link:
        try:
            answer = await self._follow("HEAD", url)
            if not httpx.codes.is_success(answer.status):
                answer = await self._follow("GET", url)
        except _NotPublic as refused:
            led_to = str(refused) if str(refused) != url else None
            return Link(url, LinkState.REFUSED, final=led_to, error="not public")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Link(url, LinkState.UNREACHABLE, error=type(error).__name__)
        return _link(url, answer)

    async def _follow(self, method: str, url: str) -> _Answer:
        at, moved = httpx.URL(url), False
        for _ in range(REDIRECTS + 1):
            response = await self._ask(method, at)
            if response.next_request is None:
                return _Answer(str(at), response.status_code, moved)
            moved |= response.status_code in _PERMANENT
            at = response.next_request.url
        raise httpx.TooManyRedirects(f"more than {REDIRECTS} redirects")

    async def _ask(self, method: str, url: httpx.URL) -> httpx.Response:
        if url.scheme not in ("http", "https") or not await self._public(url.host):
            raise _NotPublic(str(url))
        async with self._politeness.turn(url.host):
            request = self._client.build_request(method, url)
            response = await self._client.send(request, stream=True)
            await response.aclose()
        return response


def open_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """Return a client that follows nothing by itself; without a transport it asks the live web."""
    return httpx.AsyncClient(
        transport=transport,
        timeout=SECONDS_TO_ANSWER,
        follow_redirects=False,
        headers={"User-Agent": AGENT, "Accept": "*/*"},
        trust_env=transport is None,
    )


async def check_links(
    urls: Iterable[str], checker: LinkChecker, done: Callable[[Link], None] = lambda link: None
) -> list[Link]:
    """Return the links, the gravest first; each address is asked once, `done` is told of each as it ends."""

    async def one(url: str) -> Link:
        link = await checker.check(url)
        done(link)
        return link

    links = await asyncio.gather(*map(one, dict.fromkeys(urls)))
    states = list(LinkState)
    return sorted(links, key=lambda link: (states.index(link.state), link.url))


def _link(url: str, answer: _Answer) -> Link:
    final = answer.url if answer.url != url else None
    return Link(url, _state(answer), answer.status, final)


def _state(answer: _Answer) -> LinkState:
    if httpx.codes.is_success(answer.status):
        return LinkState.MOVED if answer.moved else LinkState.OK
    if answer.status in _GONE:
        return LinkState.GONE
    refused = httpx.codes.is_client_error(answer.status)
    return LinkState.REFUSED if refused else LinkState.UNREACHABLE
