"""The console over stand-ins: who is signed in is decided by the test."""

from dataclasses import replace

import httpx
import pytest

from console.access import COOKIE
from console.app import create_console
from console.services import Services
from console.viewers import Role, Scope, Viewer

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

    def viewer(self, token: str) -> Viewer | None:
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
