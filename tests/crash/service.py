"""The real service under its real supervisor, in a folder and on ports of its own; each process can be killed."""

import asyncio
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from deploy.apart import environment_apart, start_apart
from settings import Settings

PROCESSES = ("portal", "actions", "rasa")
# Seconds after which supervisord takes a process for started; one that dies sooner counts as a failed start.
SETTLED = 1.5
PATIENCE = 900.0


@dataclass
class Service:
    """The running service; `secret` is what the portal and rasa share."""

    settings: Settings
    secret: str
    supervisor: subprocess.Popen

    @property
    def portal(self) -> str:
        return f"http://127.0.0.1:{self.settings.portal_port}"

    def process(self, name: str) -> psutil.Process | None:
        """Return the process that listens where this one does; None while it does not."""
        port = getattr(self.settings, f"{name}_port")
        for child in psutil.Process(self.supervisor.pid).children():
            with suppress(psutil.Error):
                if any(each.laddr.port == port for each in _listening(child)):
                    return child
        return None

    def kill(self, name: str) -> None:
        """Kill a process as the kernel does when memory is short: it can write nothing more."""
        process = self.process(name)
        if process is None:
            raise ProcessLookupError(name)
        process.send_signal(signal.SIGKILL)

    async def settled(self, name: str) -> None:
        """Wait until a process answers and the supervisor takes it for started."""
        end, seen = time.monotonic() + PATIENCE, {}
        while time.monotonic() < end:
            process = self.process(name)
            if process and await self.answers(name):
                since = seen.setdefault(process.pid, time.monotonic())
                if time.monotonic() - since > SETTLED:
                    return
            await asyncio.sleep(0.25)
        raise TimeoutError(f"{name} did not come back within {PATIENCE:.0f} s")

    async def answers(self, name: str) -> bool:
        """Return whether a process answers now."""
        settings = self.settings
        address = {
            "portal": f"{self.portal}/healthz",
            "actions": f"http://127.0.0.1:{settings.actions_port}/health",
            "rasa": f"{settings.rasa_url}/webhooks/portal/",
        }[name]
        try:
            async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
                answer = await client.get(address, headers={"Authorization": f"Bearer {self.secret}"})
                return answer.is_success
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        """End everything, gently."""
        self.supervisor.terminate()
        self.supervisor.wait(60)


def _listening(process: psutil.Process) -> list[Any]:
    return [each for each in process.net_connections("tcp") if each.status == psutil.CONN_LISTEN]


def start(settings: Settings, model: Path, more: Mapping[str, str]) -> Service:
    """Start the service; `more` is what the environment holds beside the settings."""
    environment = environment_apart(settings, model, more)
    return Service(settings, environment["BOUSSOLE_SECRET"], start_apart(settings, environment))
