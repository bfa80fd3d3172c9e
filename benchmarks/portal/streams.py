"""Memory and processor time of the portal with many event streams on which nothing is said."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import httpx
import psutil

from benchmarks.portal.serving import Served

SETTLING = 20.0


@dataclass(frozen=True)
class Idle:
    """`before` and `after` are resident megabytes; `busy` is the share of one core over `seconds`."""

    streams: int
    before: float
    after: float
    busy_before: float
    busy: float
    heartbeats: int
    seconds: float

    def lines(self) -> Iterator[str]:
        """Yield the table."""
        yield "| idle streams | resident, MB | one core, % | signs of life |"
        yield "|---|---|---|---|"
        yield f"| 0 | {self.before:.0f} | {self.busy_before * 100:.1f} | |"
        signs = f"{self.heartbeats} in {self.seconds:.0f} s"
        yield f"| {self.streams} | {self.after:.0f} | {self.busy * 100:.1f} | {signs} |"


async def measure(served: Served, streams: int, seconds: float) -> Idle:
    """Open `streams` conversations with a stream each, leave them alone for a while, and look at the process."""
    process = served.process()
    busy_before = await _busy(process, seconds / 2)
    before = _resident(process)
    tokens = await _opened(served, streams)
    counter = Counter()
    listeners = [asyncio.create_task(counter.listen(served, token)) for token in tokens]
    await asyncio.sleep(SETTLING)
    counter.heartbeats = 0
    busy = await _busy(process, seconds)
    found = Idle(streams, before, _resident(process), busy_before, busy, counter.heartbeats, seconds)
    if counter.open < streams:
        raise RuntimeError(f"only {counter.open} of {streams} streams are open")
    for listener in listeners:
        listener.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    return found


class Counter:
    """Counts streams that are open and their signs of life; plain sockets, so that this side costs little."""

    def __init__(self) -> None:
        self.open = self.heartbeats = 0

    async def listen(self, served: Served, token: str) -> None:
        """Read one stream until it is cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", served.settings.portal_port)
        head = f"GET /api/conversations/current/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        writer.write(head.encode())
        try:
            if b" 200 " not in await reader.readline():
                return
            self.open += 1
            async for line in reader:
                self.heartbeats += line.startswith(b":")
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def _opened(served: Served, count: int) -> list[str]:
    """Return the tokens of new conversations. Without rasa their greeting is a notice: it is stored all the same."""
    free = asyncio.Semaphore(8)
    async with httpx.AsyncClient(base_url=served.portal, timeout=30, trust_env=False) as http:

        async def one() -> str:
            async with free:
                answer = await http.post("/api/conversations", json={})
                return answer.raise_for_status().json()["token"]

        return await asyncio.gather(*(one() for _ in range(count)))


async def _busy(process: psutil.Process, seconds: float) -> float:
    began, used = time.monotonic(), _used(process)
    await asyncio.sleep(seconds)
    return (_used(process) - used) / (time.monotonic() - began)


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _resident(process: psutil.Process) -> float:
    return process.memory_info().rss / 2**20
