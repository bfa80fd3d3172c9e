"""The page of needs in a real browser."""

from console.viewers import Role
from tests.browsing import barriers, needs_chromium

pytestmark = needs_chromium


def test_axe_finds_nothing_and_nothing_is_cut_off(signed_page):
    for path, width, scheme in (("/besoins", 1280, "light"), ("/besoins?vue=publiee", 375, "dark")):
        page = signed_page(Role.ADMINISTRATOR, path, width=width, scheme=scheme)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
