"""What several test folders share: the trained model, and the three processes running for real."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import hypothesis
import pytest
from playwright.sync_api import sync_playwright

from deploy.model import model_for
from deploy.supervise import process_environment
from knowledge.bootstrap import load_knowledge
from settings import ROOT, Settings, get_settings
from tests.browsing import CHROMIUM, FLAGS

PATIENCE = 300
# Continuous integration judges a change, not the luck of the day: there hypothesis draws the same examples each time.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    """Share the tests out between processes: each file in one piece, and all that need the trained model in one.

    That piece trains the model if it has to and is the longest, so it comes first.
    """
    for item in items:
        trained = item.get_closest_marker("model") or item.get_closest_marker("served")
        item.add_marker(pytest.mark.xdist_group("trained" if trained else item.location[0]))
    items.sort(key=lambda item: item.get_closest_marker("xdist_group").args[0] != "trained")


@dataclass(frozen=True)
class Stack:
    """The running service: addresses, the secret of the portal channel, and its folder."""

    settings: Settings
    secret: str
    processes: dict[str, subprocess.Popen]

    @property
    def portal(self) -> str:
        return f"http://127.0.0.1:{self.settings.portal_port}"

    @property
    def rasa(self) -> str:
        return self.settings.rasa_url


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present sources, trained if `make test` did not do it already."""
    return model_for(ROOT, get_settings().var / "models")


@pytest.fixture(scope="session")
def stack(model, tmp_path_factory):
    """rasa, the action server and the portal on free ports, over a folder of their own."""
    folder = tmp_path_factory.mktemp("stack")
    ports = free_ports(3)
    settings = Settings(var=folder, portal_port=ports[0], rasa_port=ports[1], actions_port=ports[2])
    load_knowledge(settings.content, settings.sql_url("knowledge"))
    environment = process_environment(settings, model)
    running = Stack(settings, environment["BOUSSOLE_SECRET"], _start(environment, folder))
    try:
        _wait(f"{running.portal}/readyz", folder)
        yield running
    finally:
        for process in running.processes.values():
            process.terminate()
        for process in running.processes.values():
            process.wait(20)


@pytest.fixture(scope="module")
def browser():
    """Chromium; closed with its module, because its event loop would be in the way of asynchronous tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _start(environment: dict[str, str], folder: Path) -> dict[str, subprocess.Popen]:
    rasa = ["rasa", "run", "--enable-api", "--interface", "127.0.0.1", "--port", environment["RASA_PORT"]]
    rasa += [
        "--model",
        environment["MODEL"],
        "--endpoints",
        "endpoints.yml",
        "--credentials",
        "credentials.yml",
    ]
    commands = {"actions": ["actions"], "rasa": rasa, "portal": ["deploy", "serve"]}
    return {name: _spawn(name, words, environment, folder) for name, words in commands.items()}


def _spawn(name: str, words: list[str], environment: dict[str, str], folder: Path) -> subprocess.Popen:
    log = (folder / f"{name}.log").open("w")
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def _wait(url: str, folder: Path) -> None:
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    ends = "\n".join(f"{log.name}: {log.read_text()[-1500:]}" for log in folder.glob("*.log"))
    pytest.fail(f"the service was not ready after {PATIENCE} s\n{ends}")


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
