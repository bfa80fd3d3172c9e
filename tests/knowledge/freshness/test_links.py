import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from knowledge.freshness.addresses import is_public, used_addresses
from knowledge.freshness.links import Link, LinkChecker, LinkState, check_links, open_client
from knowledge.freshness.links_told import has_gone, links_json, links_text
from knowledge.freshness.politeness import Politeness
from knowledge.freshness.words import Words


class FakeTime:
    """A clock that moves only when somebody pauses."""

    def __init__(self):
        self.now, self.pauses = 100.0, []

    async def pause(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 3))
        self.now += seconds
        await asyncio.sleep(0)


async def anybody(_host: str) -> bool:
    return True


async def not_the_router(host: str) -> bool:
    return host != "192.168.0.1"


class Web:
    """A web of fixed answers: address to status, or to (status, where to); remembers what it was asked."""

    def __init__(self, pages):
        self.pages, self.asked = pages, []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append((request.method, url))
        answer = self.pages[url]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, type):
            raise answer("broken", request=request)
        if isinstance(answer, dict):
            answer = answer[request.method]
        status, to = answer if isinstance(answer, tuple) else (answer, None)
        return httpx.Response(status, headers={"Location": to} if to else {})


async def ask(web, urls, time=None, public=not_the_router):
    time = time or FakeTime()
    async with open_client(httpx.MockTransport(web)) as client:
        politeness = Politeness(clock=lambda: time.now, pause=time.pause)
        return await check_links(urls, LinkChecker(client, politeness, public))


A, B = "https://a.example/page", "https://b.example/"
REFUSED, GONE, LOST = LinkState.REFUSED, LinkState.GONE, LinkState.UNREACHABLE


@pytest.mark.parametrize(
    ("pages", "state", "status", "final"),
    [
        ({A: 200}, LinkState.OK, 200, None),
        ({A: {"HEAD": 405, "GET": 200}}, LinkState.OK, 200, None),
        ({A: {"HEAD": 404, "GET": 200}}, LinkState.OK, 200, None),
        ({A: (301, B), B: 200}, LinkState.MOVED, 200, B),
        ({A: (308, "/new"), "https://a.example/new": 200}, LinkState.MOVED, 200, "https://a.example/new"),
        ({A: (302, B), B: 200}, LinkState.OK, 200, B),
        ({A: (302, B), B: 404}, GONE, 404, B),
        ({A: 404}, GONE, 404, None),
        ({A: 410}, GONE, 410, None),
        ({A: 401}, REFUSED, 401, None),
        ({A: 403}, REFUSED, 403, None),
        ({A: 429}, REFUSED, 429, None),
        ({A: 500}, LOST, 500, None),
        ({A: (301, A)}, LOST, None, None),
        ({A: httpx.ConnectError}, LOST, None, None),
        ({A: httpx.ReadTimeout}, LOST, None, None),
        ({A: (302, "http://192.168.0.1/admin")}, REFUSED, None, "http://192.168.0.1/admin"),
        ({A: (302, "ftp://a.example/")}, REFUSED, None, "ftp://a.example/"),
    ],
)
async def test_an_address_has_one_state(pages, state, status, final):
    [link] = await ask(Web(pages), [A])

    assert (link.state, link.status, link.final) == (state, status, final)


async def test_a_private_address_is_never_asked():
    web = Web({A: (302, "http://192.168.0.1/")})

    await ask(web, ["http://192.168.0.1/", A])

    assert {url for _, url in web.asked} == {A}


@pytest.mark.parametrize("first", [httpx.ConnectTimeout, 503, 429])
async def test_a_failure_is_tried_once_more(first):
    web = Web({A: [first, first, 200] if first in (503, 429) else [first, 200]})

    [link] = await ask(web, [A])

    assert link.state is LinkState.OK


async def test_two_failures_are_enough():
    web = Web({A: httpx.ConnectError})

    [link] = await ask(web, [A])

    assert link.error == "ConnectError"
    assert len(web.asked) == 2


async def test_an_address_that_is_none_is_unreachable():
    [link] = await ask(Web({}), ["https://a.example:port/"])

    assert link.state is LOST


async def test_each_address_is_asked_once_and_the_gravest_come_first():
    web = Web({A: 200, B: 404})

    links = await ask(web, [A, B, A])

    assert [link.url for link in links] == [B, A]
    assert [asked for asked in web.asked if asked[1] == A] == [("HEAD", A)]


async def test_a_host_is_asked_once_a_second_and_others_do_not_wait():
    time, pages = FakeTime(), [f"https://a.example/{number}" for number in range(3)]

    await ask(Web(dict.fromkeys((*pages, B), 200)), [*pages, B], time)

    assert time.pauses == [1.0, 1.0]


async def test_never_more_than_so_many_requests_are_under_way():
    under_way, most = 0, 0

    async def slow(_request):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return httpx.Response(200)

    async with open_client(httpx.MockTransport(slow)) as client:
        checker = LinkChecker(client, Politeness(at_once=3), anybody)
        await check_links([f"https://h{number}.example/" for number in range(20)], checker)

    assert most == 3


class Pages(BaseHTTPRequestHandler):
    """A small site: /moved leads to /here, /no-head refuses HEAD, /gone is gone, anything else is unknown."""

    def do_HEAD(self):  # noqa: N802 – the name that http.server calls
        self._answer(405 if self.path == "/no-head" else None)

    def do_GET(self):  # noqa: N802
        self._answer()

    def _answer(self, status=None):
        known = {"/here": 200, "/no-head": 200, "/moved": 301, "/gone": 410}
        self.send_response(status or known.get(self.path, 404))
        if self.path == "/moved":
            self.send_header("Location", "/here")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing on the terminal of the tests."""


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_real_server_is_asked_over_the_network(site):
    pages = ("here", "no-head", "moved", "gone", "nowhere")
    async with open_client(httpx.AsyncHTTPTransport()) as client:
        checker = LinkChecker(client, Politeness(seconds=0), anybody)
        links = await check_links([f"{site}/{page}" for page in pages], checker)

    assert {link.url.rpartition("/")[2]: link.state.value for link in links} == {
        "here": "ok",
        "no-head": "ok",
        "moved": "moved",
        "gone": "gone",
        "nowhere": "gone",
    }


async def test_a_real_server_on_loopback_is_refused_by_default(site):
    async with open_client(httpx.AsyncHTTPTransport()) as client:
        [link] = await check_links([f"{site}/here"], LinkChecker(client, Politeness(seconds=0)))

    assert (link.state, link.error) == (REFUSED, "not public")


async def test_nobody_listening_is_unreachable():
    async with open_client(httpx.AsyncHTTPTransport()) as client:
        checker = LinkChecker(client, Politeness(seconds=0), anybody)
        [link] = await check_links(["http://127.0.0.1:9/"], checker)

    assert link.state is LOST


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("127.0.0.1", False),
        ("localhost", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("100.64.0.1", False),
        ("93.184.216.34", True),
    ],
)
async def test_only_public_hosts_may_be_asked(host, public):
    assert await is_public(host) is public


def test_an_address_is_listed_once_with_all_its_users(advisor, scheme, guidance):
    page = "https://exemple.fr/aide"
    found = used_addresses(
        [advisor("a", url=page), advisor("b", url=f"{page}#contact", source_url=page)],
        [scheme("s", url_source="https://exemple.fr/s", base_juridique=[{"libelle": "Loi", "lien": page}])],
        {
            "costs": {"g": guidance(source_url=page, other_sources=["https://exemple.fr/autre"])},
            "referrals": {"r": guidance(bodies=[advisor("c", url="https://exemple.fr/corps")])},
        },
    )

    assert found == {
        page: ["advisors/a", "advisors/b", "schemes/s", "costs/g"],
        "https://exemple.fr/s": ["schemes/s"],
        "https://exemple.fr/autre": ["costs/g"],
        "https://exemple.fr/corps": ["referrals/r"],
    }


GONE_LINK = Link(A, GONE, 404, error=None)
FINE_LINK = Link(B, LinkState.OK, 200)


def test_what_is_not_in_order_is_told_with_its_users():
    users = {A: ["advisors/a", "schemes/s"], B: ["advisors/b"]}
    text = links_text([GONE_LINK, FINE_LINK], users, Words())

    assert "advisors/a, schemes/s" in text
    assert B not in text
    assert text.endswith("2 adresses\N{NO-BREAK SPACE}: 1 disparue, 1 en ligne.")
    assert json.loads(links_json([GONE_LINK], users))[0]["used_by"] == ["advisors/a", "schemes/s"]


def test_only_a_page_that_is_gone_is_a_failure():
    assert has_gone([FINE_LINK, GONE_LINK])
    assert not has_gone([FINE_LINK, Link(A, REFUSED, 403), Link(A, LOST)])
