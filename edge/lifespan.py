"""What an application does for as long as it serves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run the `chores` of the application's services until it stops, then `close` them."""
    services = app.state.services
    chores = [asyncio.create_task(chore()) for chore in services.chores]
    yield
    for chore in chores:
        chore.cancel()
    await asyncio.gather(*chores, return_exceptions=True)
    await services.close()
