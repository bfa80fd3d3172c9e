"""The page of needs in a real browser."""

from axe_playwright_python.sync_playwright import Axe

from console.viewers import Role
from tests.browsing import needs_chromium

pytestmark = needs_chromium


def test_axe_finds_nothing_and_nothing_is_cut_off(signed_page):
    for path, width, scheme in (("/besoins", 1280, "light"), ("/besoins?vue=publiee", 375, "dark")):
        page = signed_page(Role.ADMINISTRATOR, path, width=width, scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
