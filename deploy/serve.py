"""The public server: the portal, and the console beside it where the settings want it there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from console.bootstrap import MOUNT, open_console
from edge.logs import configure
from portal.__main__ import WRITING_SECONDS
from portal.bootstrap import open_portal
from portal.server import make_server
from settings import Settings


def serve(settings: Settings) -> None:
    """Serve until stopped; raises EmptyStore when there is no knowledge base to answer from."""
    configure("portal")
    portal = open_portal(settings)
    served = beside(portal, open_console(settings)) if settings.console_mounted else None
    patience = settings.turn_timeout + WRITING_SECONDS
    make_server(portal, settings.portal_host, settings.portal_port, patience, served).run()


def beside(portal: FastAPI, console: FastAPI) -> ASGIApp:
    """Return one application of both. Each keeps its own limits, headers and errors, and is told of start and stop.

    The console is not mounted inside the portal: the portal compresses its pages, and the console's hold secrets of
    their forms beside words that others wrote.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            for app in (portal, console):
                await running.enter_async_context(app.router.lifespan_context(app))
            yield

    async def slash(request: object) -> RedirectResponse:
        return RedirectResponse(f"{MOUNT}/", 307)

    routes = [Route(MOUNT, slash), Mount(MOUNT, console), Mount("", portal)]
    return Starlette(routes=routes, lifespan=lifespan)
