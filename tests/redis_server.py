"""A Redis for the tests that need it: started for them on a free port, with nothing in it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

PATIENCE = 20


@contextmanager
def redis_server(folder: Path, port: int | None = None) -> Iterator[str]:
    """Yield the address of a Redis that lasts as long as the block.

    Without the program the test is left out and says so; where `CI` is set, it fails.
    """
    program = shutil.which("redis-server")
    if not program:
        if os.environ.get("CI"):
            pytest.fail("redis-server is not installed, though this is continuous integration")
        pytest.skip("no redis-server on this machine")
    port = port or free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait(PATIENCE)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int) -> None:
    started = time.monotonic()
    while True:
        try:
            redis.Redis(port=port).ping()
            return
        except redis.ConnectionError:
            if time.monotonic() - started > PATIENCE:
                raise
            time.sleep(0.02)
