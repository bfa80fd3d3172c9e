"""Waits until the service answers and says at which address."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from deploy.progress import say
from settings import Settings

PATIENCE = 120.0  # seconds; on two cores a start takes 20 to 30
PAUSE = 0.5


def announce(
    settings: Settings, clock: Callable[[], float] = time.monotonic, pause: Callable = time.sleep
) -> bool:
    """Print the address once `/readyz` says yes, or where to look after two minutes; tell which it was."""
    started = clock()
    address = f"http://{settings.portal_host}:{settings.portal_port}"
    while clock() - started < PATIENCE:
        if _ready(f"{address}/readyz"):
            say(f"Boussole PME answers at {address} (ready after {clock() - started:.0f} s; Ctrl-C stops it)")
            if settings.console_mounted:
                say(
                    f"Advisors sign in at {address}/console (first account: python -m console administrator EMAIL)"
                )
            return True
        pause(PAUSE)
    say(f"Not ready after {PATIENCE:.0f} s: see the ends of the files in {settings.var / 'log'}")
    return False


def _ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
