"""An owner on the page, against the real processes: types a need, sees whom to call."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import needs_chromium

pytestmark = [pytest.mark.served, *needs_chromium]


@pytest.fixture
def page(browser, stack):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(stack.portal)
    expect(page.get_by_text("Je suis Boussole PME").first).to_be_visible()
    yield page
    context.close()


def say(page, text):
    page.get_by_label("Votre message").fill(text)
    page.keyboard.press("Enter")


def test_a_need_with_its_place_shows_contacts(page):
    say(page, "je veux refaire le site de ma crêperie à Quimper")
    card = page.locator(".card").filter(has_text="CCI métropolitaine Bretagne Ouest").first
    expect(card).to_be_visible()
    expect(card.get_by_role("link", name=re.compile("02.98.98.29.29"))).to_have_attribute(
        "href", re.compile("^tel:")
    )
    expect(page.locator(".card").filter(has_text="PASS Commerce et Artisanat").first).to_be_visible()


def test_a_button_answers_the_question_about_the_place(page):
    say(page, "il me faut un logiciel de planning à Saint-Denis")
    page.get_by_role("button", name="Saint-Denis (974)").click()
    expect(page.locator(".card").filter(has_text="Réunion").first).to_be_visible()


def test_the_conversation_is_there_after_a_reload(page):
    say(page, "un prêt pour mon atelier à Brest")
    expect(page.locator(".card").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("un prêt pour mon atelier à Brest")).to_be_visible()
    expect(page.locator(".card").first).to_be_visible()


def test_an_erased_conversation_leaves_nothing(page, stack):
    say(page, "un prêt pour ma boissellerie à Aurillac")
    expect(page.locator(".card").first).to_be_visible()
    page.get_by_role("button", name="Effacer ma conversation").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Effacer")).click()
    expect(page.get_by_text("boissellerie à Aurillac")).to_have_count(0)
    for name in ("conversations", "tracker"):
        for path in stack.settings.var.glob(f"{name}.db*"):
            assert b"boissellerie" not in path.read_bytes(), path.name
