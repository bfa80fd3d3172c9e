"""The console over stand-ins: who is signed in is decided by the test."""

import socket
import threading
from dataclasses import replace

import httpx
import pytest

from console.access import COOKIE
from console.app import create_console
from console.server import make_server
from console.services import Services
from console.viewers import Role, Scope, Viewer
from tests.browsing import PATIENCE

BASE = "http://console.test"


def viewer(role: Role, **changes) -> Viewer:
    known = Viewer(
        account_id=f"account-{role.value}",
        email=f"{role.value}@example.org",
        name=f"Dominique {role.value.title()}",
        role=role,
        session_id=f"session-{role.value}",
        csrf=f"csrf-{role.value}",
        scope=Scope(frozenset({"cma-29"}), frozenset({"29"}), frozenset({"53"}))
        if role is Role.ADVISOR
        else Scope(),
    )
    return replace(known, **changes)


class FakeSessions:
    """Sessions by their token; the role's name opens its own."""

    def __init__(self) -> None:
        self.known = {role.value: viewer(role) for role in Role}

    def viewer(self, token: str, used: bool = True) -> Viewer | None:
        return self.known.get(token)


@pytest.fixture
def sessions():
    return FakeSessions()


@pytest.fixture
def services(sessions):
    return Services(sessions=sessions)


@pytest.fixture
def visitor(services):
    """Make a client that is signed in as a role, or as nobody."""
    clients = []

    def visitor(role: Role | None = None) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(create_console(services), raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url=BASE)
        if role:
            client.cookies.set(COOKIE, role.value)
            client.headers["X-CSRF-Token"] = f"csrf-{role.value}"
        clients.append(client)
        return client

    return visitor


@pytest.fixture
def address(services):
    """The console over the test's services, on a free port of this machine; no slash at its end."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(create_console(services), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def open_page(browser, address):
    """Open a page in a browser of its own, signed in as nobody; what goes wrong in its scripts fails the test."""
    contexts, wrongs = [], []

    def open_page(path="/", width=1280, height=800, scheme="light", cookie=None, **options):
        view = {"width": width, "height": height}
        context = browser.new_context(viewport=view, color_scheme=scheme, reduced_motion="reduce", **options)
        contexts.append(context)
        if cookie:
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        page.on("request", lambda asked: wrongs.extend([] if asked.url.startswith(address) else [asked.url]))
        page.goto(f"{address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrongs == []


@pytest.fixture
def signed_page(open_page):
    """Open a page in a browser of its own, signed in as `role` over the stand-in sessions."""

    def signed_page(role: Role, path="/", **options):
        return open_page(path, cookie=role.value, **options)

    return signed_page
