"""Starts what is measured, in a folder of its own."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from deploy.apart import environment_apart, settings_apart, start_apart
from deploy.model import model_for
from knowledge.bootstrap import load_knowledge
from settings import ROOT, Settings, get_settings

PATIENCE = 180.0
PAUSE = 0.2


@dataclass(frozen=True)
class Served:
    """What runs: its settings, and the secret that opens rasa's portal channel."""

    settings: Settings
    secret: str

    @property
    def portal(self) -> str:
        """The portal's address."""
        return f"http://127.0.0.1:{self.settings.portal_port}"

    def process(self) -> psutil.Process:
        """Return the portal's process."""
        port = self.settings.portal_port
        return next(
            psutil.Process(each.pid)
            for each in psutil.net_connections("tcp4")
            if each.pid and each.status == psutil.CONN_LISTEN and each.laddr.port == port
        )


@contextmanager
def whole_service() -> Iterator[Served]:
    """Run rasa, the action server and the portal with the model of the present sources."""
    model = model_for(ROOT, get_settings().var / "models")
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_apart(Path(folder))
        environment = environment_apart(settings, model, {})
        supervisor = start_apart(settings, environment)
        served = Served(settings, environment["BOUSSOLE_SECRET"])
        yield from _until_done(served, f"{served.portal}/readyz", supervisor)


@contextmanager
def portal_alone(more: Mapping[str, str] | None = None, console: bool = False) -> Iterator[Served]:
    """Run the portal without rasa: what it serves by itself is measured. With `console`, that is in its process."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_apart(Path(folder))
        load_knowledge(settings.content, settings.sql_url("knowledge"))
        environment = environment_apart(settings, Path("none"), more or {})
        process = subprocess.Popen(
            [sys.executable, "-m", *(("deploy", "serve") if console else ("portal",))],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        served = Served(settings, environment["BOUSSOLE_SECRET"])
        yield from _until_done(served, f"{served.portal}/healthz", process)


def _until_done(served: Served, ready: str, process: subprocess.Popen) -> Iterator[Served]:
    try:
        _wait(ready)
        yield served
    finally:
        process.terminate()
        process.wait(60)


def _wait(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(url, timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(PAUSE)
    raise TimeoutError(f"{url} did not answer within {PATIENCE:.0f} s")
