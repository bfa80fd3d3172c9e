"""The whole service on ports and in a folder of its own, beside one that may run already: for tests and measures."""

import os
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.supervise import process_environment, supervisor_command
from knowledge.bootstrap import load_knowledge
from settings import ROOT, Settings


def settings_apart(folder: Path, **more: Any) -> Settings:
    """Return settings with free ports; `more` are fields of the settings that differ."""
    ports = free_ports(3)
    return Settings(var=folder, portal_port=ports[0], rasa_port=ports[1], actions_port=ports[2], **more)


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on at the moment."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def environment_apart(settings: Settings, model: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the processes; `more` is what it holds beside the settings."""
    database = {"DATABASE_URL": str(settings.database_url)} if settings.database_url else {}
    return os.environ | process_environment(settings, model) | database | dict(more)


def start_apart(settings: Settings, environment: Mapping[str, str]) -> subprocess.Popen:
    """Load the knowledge, and return the supervisor that runs everything until it is terminated."""
    load_knowledge(settings.content, settings.sql_url("knowledge"))
    (settings.var / "log").mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(supervisor_command(), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
