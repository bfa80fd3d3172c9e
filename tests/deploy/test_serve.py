"""The portal and the console on one address, each with its own limits, headers and chores."""

import asyncio

import httpx
import pytest

from console.app import create_console
from console.services import Services as ConsoleServices
from deploy.serve import beside
from tests.console.conftest import FakeSessions
from tests.portal.conftest import bench  # noqa: F401  a fixture


@pytest.fixture
async def console():
    happened = []

    async def chore():
        happened.append("started")
        try:
            await asyncio.Event().wait()
        finally:
            happened.append("stopped")

    async def close():
        happened.append("closed")

    app = create_console(ConsoleServices(sessions=FakeSessions(), chores=(chore,), close=close))
    app.state.happened = happened
    return app


@pytest.fixture
async def client(bench, console):  # noqa: F811
    transport = httpx.ASGITransport(beside(bench.app(), console), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://boussole.test") as client:
        yield client


async def test_each_answers_at_its_place(client):
    assert (await client.get("/healthz")).status_code == 200
    moved = await client.get("/console")
    assert moved.headers["location"] == "/console/"
    asked = await client.get("/console/")
    assert asked.headers["location"] == "/console/connexion"
    assert "Se connecter" in (await client.get("/console/connexion")).text
    assert (await client.get("/connexion")).status_code == 404


async def test_the_console_is_never_compressed_and_keeps_its_own_errors(client):
    client.cookies.set("boussole_console", "administrator")
    home = await client.get("/console/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in home.headers
    lost = await client.get("/console/nulle-part", headers={"Accept": "text/html"})
    assert lost.status_code == 404
    assert "Console Boussole PME" in lost.text


async def test_both_are_told_of_start_and_stop(bench, console):  # noqa: F811
    app = beside(bench.app(), console)
    async with app.router.lifespan_context(app):
        await asyncio.sleep(0)
        assert console.state.happened == ["started"]
    assert console.state.happened == ["started", "stopped", "closed"]
