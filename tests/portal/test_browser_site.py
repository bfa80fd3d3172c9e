"""The pages beside the conversation in a real browser: read by axe, walked by keyboard, weighed."""

import pytest
from playwright.sync_api import expect

from portal.site import Site
from tests.browsing import barriers, needs_chromium
from tests.portal.fakes import GREETING
from tests.portal.shipped import shipped_directory

pytestmark = needs_chromium

PAGES = (
    "annuaire",
    "annuaire?besoin=website&lieu=Quimper&metier=licorne",
    "annuaire?zone=DEP-29&page=2",
    "annuaire?lieu=Saint-Denis",
    "annuaire?lieu=Trifouillis",
    "annuaire?besoin=customs_vat&lieu=Bretagne",
    "annuaire/cci-29",
    "annuaire/france-num",
    "annuaire/rien",
    "aides",
    "aides?besoin=grants&zone=DEP-974&terminees=1",
    "aides?besoin=shared_cdo&zone=DEP-975",
    "aides/reunion-kap-numerik",
    "aides/reunion-kap-numerik-2021-2023",
    "carte",
    "carte?besoin=website",
    "comment-ca-marche",
    "confidentialite",
    "accessibilite",
    "mentions-legales",
    "developpeurs",
    "plan-du-site",
    "conversation",
    "conversation/effacer",
)
LIMIT = 100_000  # bytes of a page with all it loads
# Each page once in each: an enlargement of 400 % is the narrow one.
VIEWS = {"wide": (1280, 800, "light"), "narrow and dark": (320, 256, "dark")}


@pytest.fixture
def bench(bench):
    bench.directory = shipped_directory()
    bench.site = Site(email="contact@example.org")
    return bench


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_and_nothing_is_cut_off(visit, address, view):
    width, height, scheme = VIEWS[view]
    page = visit(width, height, scheme)
    wrong = {}
    for path in PAGES:
        page.goto(address + path)
        wrong[path] = barriers(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[path].append("wider than the screen")
    assert {path: what for path, what in wrong.items() if what} == {}


def test_an_owner_goes_from_the_directory_to_the_conversation_by_keyboard(visit, address, bench):
    page = visit()
    tab_to(page, "Annuaire")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "besoin")
    page.keyboard.type("Site")
    page.keyboard.press("Tab")
    page.keyboard.type("Finistère")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire?besoin=website&lieu=Finist**")
    tab_to(page, "CCI métropolitaine Bretagne Ouest – Brest")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire/cci-29-brest?besoin=website&zone=DEP-29")
    tab_to(page, "Ouvrir la conversation")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    # The page's own conversation goes on: what is asked stands in it as if it had been typed.
    expect(page.get_by_text("Je veux créer ou refaire un site dans le Finistère.")).to_be_visible()
    expect(page.get_by_text(GREETING)).to_be_visible()


def test_the_map_is_walked_by_keyboard_and_can_be_passed(visit, address):
    page = visit()
    page.goto(address + "carte?besoin=website")
    tab_to(page, "Passer la carte et aller à la liste")
    page.keyboard.press("Tab")
    first = page.locator(".map a").first
    expect(first).to_be_focused()
    assert first.evaluate("each => getComputedStyle(each.querySelector('path')).strokeWidth") == "10px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire?besoin=website&zone=DEP-01")

    page.goto(address + "carte?besoin=website")
    tab_to(page, "Passer la carte et aller à la liste")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#liste a").first).to_be_focused()


def test_the_search_works_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "annuaire")
    page.get_by_label("Besoin", exact=True).select_option("Facture électronique")
    page.get_by_label("Lieu", exact=True).fill("Saint-Denis")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Saint-Denis (974)").click()
    expect(page.get_by_role("heading", name="Facture électronique à Saint-Denis")).to_be_visible()
    expect(page.get_by_label("Lieu", exact=True)).to_have_value("Saint-Denis (974)")
    context.close()


def test_every_page_is_light(visit, address):
    page = visit()
    loaded = []
    page.on("response", lambda answer: loaded.append(answer))
    heavy = {}
    for path in ("", *PAGES):
        loaded.clear()
        page.context.clear_cookies()
        page.goto(address + path, wait_until="load")
        size = sum(answer.request.sizes()["responseBodySize"] for answer in loaded)
        if size > LIMIT:
            heavy[path] = size
    assert heavy == {}


def test_forced_colours_and_enlarged_text_keep_everything_readable(browser, address):
    context = browser.new_context(viewport={"width": 640, "height": 480}, forced_colors="active")
    page = context.new_page()
    for path in ("annuaire?besoin=website&lieu=Quimper", "aides/reunion-kap-numerik"):
        page.goto(address + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
    context.close()


def tab_to(page, name, most=120):
    """Press Tab until the element of that name (or id) has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "() => { const each = document.activeElement; return [each.id, each.textContent.trim()] }"
        )
        if name in told:
            return
    pytest.fail(f"« {name} » is not reached by keyboard")
