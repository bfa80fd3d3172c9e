"""What every browser test needs: Debian's Chromium, started as root on a machine without a network."""

import shutil

import pytest
from playwright.sync_api import expect

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
