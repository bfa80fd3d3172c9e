"""Checks before a start: what would fail later fails now, in one line."""

from __future__ import annotations

import errno
import shutil
import socket
import tempfile
from pathlib import Path

from deploy.errors import DiskFull, PortTaken, UnusableAddress, UnusableFolder
from settings import Settings

NEEDED_MB = 500  # a model (30 MB) and its training's scratch space, databases, logs (40 MB a process)
LOOPBACK = "127.0.0.1"


def check_ports(settings: Settings) -> None:
    """Raise `PortTaken` or `UnusableAddress` for the first port that cannot be listened on."""
    ports = [
        (settings.portal_host, settings.portal_port, "PORTAL_PORT", "the portal"),
        (LOOPBACK, settings.rasa_port, "RASA_PORT", "rasa"),
        (LOOPBACK, settings.actions_port, "ACTIONS_PORT", "the action server"),
    ]
    for number, (host, port, setting, what) in enumerate(ports):
        if port in [other for _, other, *_ in ports[:number]]:
            raise PortTaken(port, setting, what)
        _check_port(host, port, setting, what)


def _check_port(host: str, port: int, setting: str, what: str) -> None:
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(port, setting, what) from None
            raise UnusableAddress(host, port, setting, error.strerror) from None


def check_disk(folder: Path, needed_mb: int = NEEDED_MB) -> None:
    """Make `folder`; raise `UnusableFolder` where it cannot be written, `DiskFull` below `needed_mb` of space."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UnusableFolder(str(folder), error.strerror) from None
    free_mb = shutil.disk_usage(folder).free // 2**20
    if free_mb < needed_mb:
        raise DiskFull(str(folder), free_mb, needed_mb)
