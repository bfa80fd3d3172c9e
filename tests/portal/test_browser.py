"""The page in a real browser, by keyboard, as owners and screen readers meet it."""

import pytest
from playwright.sync_api import expect

from tests.browsing import barriers, needs_chromium
from tests.portal.pages import NEED, cards, say

pytestmark = needs_chromium


def test_a_need_typed_by_keyboard_alone_shows_contacts(visit):
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller à la zone de saisie")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(NEED)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("à Quimper")
    page.keyboard.press("Enter")

    card = cards(page).first
    expect(card.get_by_role("heading")).to_have_text("Chambre d’essai du Finistère")
    expect(card.get_by_role("link", name="02 99 00 00 00")).to_have_attribute("href", "tel:0299000000")
    expect(card.get_by_role("link", name="contact@example.org")).to_have_attribute(
        "href", "mailto:contact@example.org"
    )
    expect(card).to_contain_text("Vérifié le 3 mars 2025")
    expect(cards(page).nth(1)).to_contain_text("À confirmer vu en janvier 2025")
    expect(page.locator(".message-owner .bubble")).to_have_text(f"{NEED}\nà Quimper", use_inner_text=True)
    expect(page.get_by_label("Votre message")).to_have_value("")


def test_what_a_card_shows_is_not_said_twice(visit):
    page = visit()
    say(page, NEED)

    expect(page.get_by_text("Voici à qui vous adresser pour votre site.")).to_be_visible()
    expect(page.get_by_text("Pour commencer : appelez la Chambre d’essai.")).to_be_visible()
    expect(page.get_by_text("02 99 00 00 00")).to_have_count(1)


def test_a_proposed_answer_is_chosen_by_keyboard_and_then_rests(visit, bench):
    page = visit()
    say(page, NEED)
    choice = page.get_by_role("button", name="D’autres contacts")
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous avez dit : D’autres contacts")).to_be_visible()

    expect(choice).to_have_attribute("aria-disabled", "true")
    expect(choice).to_be_focused()
    page.keyboard.press("Enter")
    say(page, "merci")
    expect(page.get_by_text("Vous avez dit : merci")).to_be_visible()
    assert bench.dialogue.said == [NEED, "D’autres contacts", "merci"]


def test_links_to_sources_tell_what_they_are_the_source_of(visit):
    page = visit()
    say(page, NEED)
    first, second = cards(page).nth(0), cards(page).nth(1)
    start = "Source : example.org, ouvre la source des informations sur"
    for card, body in ((first, "Chambre d’essai du Finistère"), (second, "Réseau d’essai")):
        source = card.get_by_role("link", name=f"{start} {body}", exact=True)
        expect(source).to_have_text("Source : example.org")
        expect(source).to_have_attribute("rel", "noopener")
    expect(first.get_by_role("link", name="example.org", exact=True)).to_have_attribute("rel", "noopener")

    say(page, "Quelle aide ?")
    expect(page.get_by_role("link", name=f"{start} Chèque d’essai", exact=True)).to_be_visible()
    say(page, "Que faut-il savoir ?")
    alone = "Source : example.org, ouvre la source de cette information"
    expect(page.get_by_role("link", name=alone, exact=True)).to_be_visible()


def test_funding_says_its_status_in_words(visit):
    page = visit()
    say(page, "Quelle aide ?")

    first, second = cards(page).nth(0), cards(page).nth(1)
    expect(first).to_contain_text("Ouvert Conditions à vérifier")
    expect(first).to_contain_text("entre 500 € et 1 500 €")
    expect(first).to_contain_text("31 décembre 2025")
    expect(first).to_contain_text("votre effectif")
    expect(second).to_contain_text("Terminé")
    expect(second).not_to_contain_text("Conditions à vérifier")


def test_the_conversation_is_still_there_after_a_reload(visit, bench):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    page.reload()

    expect(cards(page)).to_have_count(2)
    expect(page.locator(".message")).to_have_count(3)
    assert len(bench.dialogue.opened) == 1


def test_a_message_that_is_refused_stays_in_the_box(visit, bench):
    page = visit()
    page.route(
        "**/current/messages", lambda route: route.fulfill(status=429, json={"detail": "Trop."}), times=1
    )
    say(page, NEED)
    expect(page.get_by_role("alert")).to_have_text("Trop.")
    expect(page.get_by_label("Votre message")).to_have_value(NEED)
    expect(page.locator(".message-owner")).to_have_count(0)

    page.get_by_label("Votre message").press("Enter")
    expect(cards(page)).to_have_count(2)
    expect(page.get_by_role("alert")).to_be_empty()
    assert bench.dialogue.said == [NEED]


def test_a_message_that_could_not_be_answered_is_sent_again(visit, bench):
    page = visit()
    bench.dialogue.broken = "timeout"
    say(page, NEED)
    expect(page.get_by_text("L’assistant ne peut pas répondre pour le moment.")).to_be_visible()
    bench.dialogue.broken = None
    page.get_by_role("button", name="Renvoyer ce message").click()

    expect(page.get_by_text("Voici à qui vous adresser pour votre site.")).to_be_visible()
    expect(page.get_by_text("L’assistant ne peut pas répondre pour le moment.")).to_have_count(0)
    expect(page.locator(".message")).to_have_count(3)


def test_erasing_asks_first_then_begins_anew(visit, bench):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    page.get_by_role("button", name="Effacer ma conversation").click()
    page.keyboard.press("Escape")
    expect(cards(page)).to_have_count(2)

    page.get_by_role("button", name="Effacer ma conversation").click()
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Votre conversation est effacée.")
    expect(page.locator(".message")).to_have_count(1)
    expect(page.get_by_label("Votre message")).to_be_focused()
    assert len(bench.dialogue.forgotten) == 1


def test_words_of_the_owner_are_never_markup(visit):
    page = visit()
    say(page, "<img src=x onerror=alert(1)> https://example.org/a?b=1.")

    expect(page.locator(".message-owner .bubble")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".message-owner .bubble a")).to_have_attribute("href", "https://example.org/a?b=1")
    expect(page.locator("#log img")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 256)])
def test_axe_finds_nothing(visit, scheme, width, height):
    page = visit(width, height, scheme)
    assert_accessible(page, width)
    for number, text in enumerate((NEED, "Quelle aide ?", "Que faut-il savoir ?", "bonjour")):
        say(page, text)
        expect(page.locator(".message-bot")).to_have_count(number + 2)
    assert_accessible(page, width)
    page.get_by_role("button", name="Effacer ma conversation").click()
    assert_accessible(page, width)


def assert_accessible(page, width):
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
