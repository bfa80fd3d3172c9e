"""The console over real accounts and a provider of our own, which stands on this machine."""

from dataclasses import replace

import httpx
import pytest

from console.accounts.bootstrap import open_accounts
from console.accounts.provider import Registration
from console.app import create_console
from console.services import Services
from console.viewers import Role
from tests.console.accounts.conftest import CHOICES
from tests.console.accounts.provider.local_provider import CLIENT, SECRET, LocalProvider
from tests.console.accounts.walks import EMAIL
from tests.console.conftest import BASE


@pytest.fixture(scope="module")
def running():
    provider = LocalProvider(lambda: 0)
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running, clock):
    running.reset()
    running.clock = lambda: clock().timestamp()
    return running


@pytest.fixture
def registration(provider):
    return Registration(provider.issuer, CLIENT, SECRET, BASE, name="ProConnect", strong=("eidas2",))


@pytest.fixture
def desk(record, clock, quick, registration):
    return open_accounts(record, clock, replace(CHOICES, provider=registration), quick)


@pytest.fixture
def visitor(visitor, services):
    """Make a client of the console over these accounts, or over others in the same database."""
    clients = []

    def made(other=None):
        if other is None:
            return visitor()
        app = create_console(Services(sessions=other.sessions, accounts=other))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        clients.append(httpx.AsyncClient(transport=transport, base_url=BASE))
        return clients[-1]

    return made


@pytest.fixture
def anne(desk):
    """Somebody who was invited and never chose a password."""
    return desk.register.create(EMAIL, "Anne Le Goff", Role.ADVISOR)
