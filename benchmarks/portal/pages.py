"""Pages in Chromium on a slow connection and a slow processor: when they can be used, and how much they load."""

import gzip
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
from playwright.sync_api import Browser, CDPSession, sync_playwright

# As Lighthouse's slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms to the first byte; a processor four times slower.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER = 4
TIMES = 5
# Says when the box can be written in, for pages that have one.
WATCH = """
    window.usable = null;
    const look = () => {
      const form = document.getElementById("composer");
      if (form && !form.hidden && !form.querySelector("textarea").disabled) window.usable = performance.now();
      else requestAnimationFrame(look);
    };
    look();
"""


@dataclass(frozen=True)
class Seen:
    """Milliseconds until something is painted, until the page can be used; kilobytes over the network, requests."""

    painted: float
    usable: float
    kilobytes: float
    requests: int


def measure(base: str, paths: dict[str, str], executable: str, times: int = TIMES) -> dict[str, Seen]:
    """Return the medians of each page, each time with an empty cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        found = {}
        for name, path in paths.items():
            seen = [_visit(browser, urljoin(base, path)) for _ in range(times)]
            found[name] = Seen(*(statistics.median(values) for values in zip(*map(_row, seen), strict=True)))
        browser.close()
    return found


def _row(seen: Seen) -> tuple[float, float, float, int]:
    return seen.painted, seen.usable, seen.kilobytes, seen.requests


def _visit(browser: Browser, url: str) -> Seen:
    context = browser.new_context(viewport={"width": 375, "height": 667})
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes = _counting(session)
    page.goto(url, wait_until="load")
    chat = page.locator("#composer").count() > 0
    if chat:
        page.wait_for_function("window.usable !== null", timeout=20_000)
    page.wait_for_timeout(1500)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    usable = page.evaluate("window.usable") if chat else max(painted, ready)
    context.close()
    return Seen(painted, usable, sum(sizes) / 1000, len(sizes))


def _counting(session: CDPSession) -> list[float]:
    """Return a list that gets the bytes of each request that ends: head and body as they were sent."""
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


def widget_bytes(base: str) -> int:
    """Return the gzip bytes of all that the widget loads on another site's page: script, modules, pieces, styles."""
    with httpx.Client(base_url=base, trust_env=False) as http:
        script = http.get("/widget.js").text
        entry = re.search(r"/static/[^`]+", script)[0]
        seen: dict[str, int] = {"/widget.js": len(gzip.compress(script.encode()))}
        _modules(http, entry, seen)
        folder = entry.rsplit("/js/", 1)[0]
        styles = [f"{folder}/{name}.css" for name in ("base", "chat", "composer", "cards", "widget")]
        for address in ["/widget/pieces", *styles]:
            seen[address] = len(gzip.compress(http.get(address).raise_for_status().content))
    return sum(seen.values())


def _modules(http: httpx.Client, address: str, seen: dict[str, int]) -> None:
    if address in seen:
        return
    text = http.get(address).raise_for_status().text
    seen[address] = len(gzip.compress(text.encode()))
    for beside in re.findall(r'^import .* from "(.+)";$', text, re.MULTILINE):
        _modules(http, urljoin(address, beside), seen)


def lines(found: dict[str, Seen], widget: int) -> Iterator[str]:
    """Yield the table."""
    yield "| page | first paint, ms | usable, ms | kB | requests |"
    yield "|---|---|---|---|---|"
    for name, seen in found.items():
        yield f"| {name} | {seen.painted:.0f} | {seen.usable:.0f} | {seen.kilobytes:.1f} | {seen.requests:.0f} |"
    yield ""
    yield f"widget: {widget / 1000:.1f} kB in gzip"


def server_times(base: str, paths: list[str], times: int = 40) -> dict[str, tuple[float, float]]:
    """Return the median and the 95th centile, in milliseconds, in which the portal answers for each path."""
    found: dict[str, Any] = {}
    with httpx.Client(base_url=base, trust_env=False, timeout=30) as http:
        for path in paths:
            taken = sorted(http.get(path).raise_for_status().elapsed.total_seconds() for _ in range(times))
            found[path] = (statistics.median(taken) * 1e3, taken[int(len(taken) * 0.95)] * 1e3)
    return found
