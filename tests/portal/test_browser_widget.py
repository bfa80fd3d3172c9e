"""The widget on the page of another site, under a strict policy, in a real browser."""

import gzip
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from conversations.bootstrap import utc_now
from conversations.signing import OwnerTokens
from tests.browsing import PATIENCE, barriers, needs_chromium
from tests.portal.conftest import KEY
from tests.portal.fakes import GREETING
from tests.portal.foreign import foreign_site
from tests.portal.pages import NEED, cards, say

pytestmark = needs_chromium

NAME = "Qui peut aider mon entreprise ?"


@pytest.fixture
def site(bench):
    """Another site, which the portal lets show the widget."""
    with foreign_site() as site:
        bench.widget_sites = (site.origin,)
        yield site


@pytest.fixture
def visit_site(browser, site, address):
    """Open the site's page; whatever its policy refuses, or a request elsewhere, fails the test."""
    site.portal = address.rstrip("/")
    contexts, wrongs = [], []

    def on_request(request):
        if not request.url.startswith((address, site.origin, "blob:")):
            wrongs.append(request.url)

    def visit_site(width=1280, height=800, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        page.on("console", lambda line: wrongs.append(line.text) if "Security Policy" in line.text else None)
        page.on("request", on_request)
        page.goto(f"{site.origin}/page.html")
        return page

    yield visit_site
    for context in contexts:
        context.close()
    assert wrongs == []


def opened(page):
    page.get_by_role("button", name=NAME).click()
    panel = page.get_by_role("dialog", name="Boussole PME")
    expect(panel.get_by_text(GREETING)).to_be_visible()
    return panel


def test_the_button_asks_nothing_of_anybody_before_it_is_pressed(visit_site, bench):
    page = visit_site()
    expect(page.get_by_role("button", name=NAME)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert bench.dialogue.opened == []


def test_a_need_is_answered_with_cards_in_the_panel(visit_site, bench):
    page = visit_site()
    panel = opened(page)
    territory = {"level": "departement", "code": "29", "name": "Finistère"}
    assert [given[1:] for given in bench.dialogue.opened] == [(territory, "website")]
    expect(page.get_by_label("Votre message")).to_be_focused()
    say(page, NEED)
    expect(cards(panel)).to_have_count(2)
    expect(panel.get_by_role("button", name="Lieu : Finistère, changer de lieu")).to_be_visible()
    expect(panel.get_by_role("link", name="Imprimer")).to_have_count(0)
    expect(panel.get_by_role("button", name="Recevoir par e-mail")).to_be_visible()
    panel.get_by_role("button", name="Utile", exact=True).click()
    expect(panel.get_by_role("status")).to_have_text("Votre avis est noté.")
    assert page.context.cookies() == []


def test_the_conversation_goes_on_after_a_reload_and_in_another_window(visit_site, bench):
    page = visit_site()
    say_in(page, NEED)
    expect(cards(page)).to_have_count(2)
    page.reload()
    opened(page)
    expect(cards(page)).to_have_count(2)
    other = page.context.new_page()
    other.goto(page.url)
    opened(other)
    say(other, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    assert len(bench.dialogue.opened) == 1


def say_in(page, text):
    opened(page)
    say(page, text)


def test_erasing_takes_the_token_out_of_the_page(visit_site, bench):
    page = visit_site()
    say_in(page, NEED)
    expect(cards(page)).to_have_count(2)
    assert page.evaluate("Object.keys(localStorage)") == ["boussole-pme"]
    say(page, "Tout effacer")
    expect(page.get_by_text("Votre conversation est effacée")).to_be_visible()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.fixture
def days(bench):
    """Days that have passed for tokens."""
    passed = [0]
    bench.tokens = OwnerTokens([KEY], lambda: utc_now() + timedelta(days=passed[0]))
    return passed


def test_the_token_is_replaced_after_a_day(days, visit_site, bench):
    page = visit_site()
    say_in(page, NEED)
    expect(cards(page)).to_have_count(2)
    first = page.evaluate("localStorage['boussole-pme']")
    days[0] = 1
    page.reload()
    opened(page)
    say(page, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    held = bench.tokens.read(page.evaluate("localStorage['boussole-pme']"))
    assert held == replace(bench.tokens.read(first), serial=1, given_at=held.given_at)
    assert len(bench.dialogue.opened) == 1


def test_escape_closes_the_panel_and_gives_the_focus_back(visit_site):
    page = visit_site()
    opened(page)
    page.get_by_role("button", name="Effacer ma conversation").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Boussole PME")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name=NAME)).to_be_focused()


def test_the_panel_is_no_trap(visit_site):
    page = visit_site()
    opened(page)
    page.get_by_role("button", name="Un bouton du site").click()
    expect(page.get_by_role("dialog", name="Boussole PME")).to_be_visible()


def test_on_a_narrow_screen_the_panel_covers_the_page_until_it_is_left(visit_site):
    page = visit_site(320, 568)
    opened(page)
    box = page.get_by_role("dialog", name="Boussole PME").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 320, 568)
    page.get_by_role("button", name="Fermer").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_keys_typed_in_the_panel_are_not_the_page_s_shortcuts(visit_site):
    page = visit_site()
    page.evaluate("() => { window.pressed = ''; onkeydown = ({key}) => { window.pressed += key } }")
    opened(page)
    page.keyboard.type("s/?")
    expect(page.get_by_label("Votre message")).to_have_value("s/?")
    assert page.evaluate("window.pressed") == ""


def test_dates_are_saved_as_a_file(visit_site):
    page = visit_site()
    say_in(page, "Est-ce obligatoire ?")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ajouter à mon agenda").click()
    assert download.value.suggested_filename == "dates-boussole-pme.ics"


def test_answers_are_printed_from_a_window_of_their_own(visit_site, address):
    page = visit_site()
    page.context.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes' }")
    say_in(page, NEED)
    expect(cards(page)).to_have_count(2)
    with page.expect_popup() as opened_window:
        page.get_by_role("button", name="Imprimer").click()
    paper = opened_window.value
    expect(paper.get_by_role("heading", name="Vos réponses")).to_be_visible()
    expect(paper.get_by_text("Chambre d’essai du Finistère, 02 99 00 00 00")).to_be_visible()
    assert paper.title() == "Vos réponses – Boussole PME"
    assert paper.evaluate("document.documentElement.lang") == "fr"
    assert paper.evaluate("getComputedStyle(document.querySelector('.brand')).fontWeight") == "600"
    assert paper.evaluate("document.documentElement.dataset.printed") == "yes"
    assert paper.evaluate("document.querySelectorAll('script, link, a[href^=\"/\"]').length") == 0
    assert "Page du 3 mars 2025" in paper.inner_text("header")
    assert "Revenir" not in paper.inner_text("body")


def test_a_window_that_the_browser_refuses_is_said(visit_site):
    page = visit_site()
    say_in(page, NEED)
    expect(cards(page)).to_have_count(2)
    page.evaluate("window.open = () => null")
    page.get_by_role("button", name="Imprimer").click()
    expect(page.get_by_text("La page à imprimer n’a pas pu s’ouvrir.")).to_be_visible()


def test_neither_style_reaches_the_other(visit_site):
    page = visit_site()
    button = page.get_by_role("button", name=NAME)
    style = "(e, name) => getComputedStyle(e)[name]"
    assert button.evaluate(style, "fontSize") == "17px"
    assert button.evaluate(style, "letterSpacing") == "normal"
    assert button.evaluate(style, "textTransform") == "none"
    assert button.evaluate(style, "backgroundColor") == "rgb(122, 31, 92)"
    assert button.evaluate(style, "color") == "rgb(255, 255, 255)"
    greeting = opened(page).get_by_text(GREETING)
    assert greeting.evaluate(style, "letterSpacing") == "normal"
    assert greeting.evaluate(style, "fontStyle") == "normal"
    assert page.get_by_role("button", name="Un bouton du site").evaluate(style, "borderStyle") == "dotted"


def test_all_that_is_loaded_is_light(visit_site, address):
    page = visit_site()
    loaded = set()
    page.on("request", lambda request: loaded.add(request.url))
    page.reload()
    opened(page)
    files = [url for url in loaded if url.startswith(address) and re.search(r"\.js|\.css|/pieces", url)]
    assert len(files) > 15
    assert sum(len(gzip.compress(page.request.get(url).body())) for url in files) < 60_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 256)])
def test_axe_finds_nothing_in_the_panel(visit_site, scheme, width, height):
    page = visit_site(width, height, scheme)
    expect(page.get_by_role("button", name=NAME)).to_be_visible()
    assert_accessible(page)
    say_in(page, NEED)
    expect(cards(page)).to_have_count(2)
    assert_accessible(page)
    page.get_by_role("button", name="Pas utile").click()
    expect(page.get_by_label("Ce n’est pas ma demande")).to_be_focused()
    assert_accessible(page)


def assert_accessible(page):
    assert barriers(page, "boussole-pme") == []
