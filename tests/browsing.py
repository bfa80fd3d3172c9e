"""What every browser test needs: Debian's Chromium, started as root on a machine without a network."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Milliseconds until something that does not come is given up. Another test process may hold the other core with a
# model to train or load: a page has taken more than five seconds then.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

# WCAG 2.2 AA, and what axe counts as good practice. The rest of its findings is left out: listing what is right takes
# half of its time.
_AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}


def barriers(page: Page, within: str | None = None) -> list[tuple[str, list]]:
    """Return what axe finds wrong on the page, or in one element of it: the rule and the first places of each."""
    found = Axe().run(page, context=within, options=_AXE).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]
