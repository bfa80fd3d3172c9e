"""What an owner does with an answer and with the conversation, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browsing import needs_chromium
from tests.portal.pages import NEED, cards, say

pytestmark = needs_chromium


@pytest.fixture
def answered(visit):
    """The page with one answer of contacts."""
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    return page


def opinions(bench):
    (conversation,) = bench.dialogue.senders
    return {number: given.to_dict() for number, given in bench.opinions.of(conversation).items()}


def test_the_place_that_is_known_begins_the_sentence_that_changes_it(answered):
    page = answered
    chip = page.get_by_role("button", name="Lieu : Finistère, changer de lieu")
    chip.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Votre message")
    expect(box).to_be_focused()
    page.keyboard.type("Brest")
    expect(box).to_have_value("En fait, je suis à Brest")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous avez dit : En fait, je suis à Brest")).to_be_visible()

    page.reload()
    expect(chip).to_be_visible()
    page.get_by_role("button", name="Effacer ma conversation").click()
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect(chip).to_be_hidden()


def test_the_place_leaves_what_was_being_written(answered):
    page = answered
    box = page.get_by_label("Votre message")
    box.fill("avec une aide")
    page.get_by_role("button", name="changer de lieu").click()
    page.keyboard.type("Brest")
    expect(box).to_have_value("En fait, je suis à Brest\navec une aide")


def test_a_message_that_is_too_long_leaves_its_rest_in_the_box(answered, bench):
    page = answered
    box = page.get_by_label("Votre message")
    first, rest = "mot " * 249 + "fin.", "Nous sommes à Brest."
    box.fill("mot " * 220)
    expect(page.get_by_text("879 caractères sur 1 000")).to_be_visible()
    box.fill(f"{first} {rest}")
    expect(page.get_by_text("La suite restera ici, pour l’envoi suivant.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous avez dit : mot")).to_be_visible()
    expect(box).to_have_value(rest)
    expect(page.get_by_text("Son début est parti")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Vous avez dit : {rest}")).to_be_visible()
    expect(page.get_by_text("Son début est parti")).to_have_count(0)
    assert bench.dialogue.said == [NEED, first, rest]


def test_a_thumb_up_is_kept_and_seen_after_a_reload(answered, bench):
    page = answered
    up = page.get_by_role("button", name="Utile", exact=True)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("Votre avis est noté.")
    page.reload()
    expect(up).to_have_attribute("aria-pressed", "true")
    assert opinions(bench) == {3: {"thumb": "up"}}


def test_a_thumb_down_may_say_why_by_keyboard(answered, bench):
    page = answered
    down = page.get_by_role("button", name="Pas utile")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ce n’est pas ma demande")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Ce numéro ne répond plus")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ce n’est pas ma demande")).to_be_hidden()
    expect(down).to_be_focused()
    said = {"thumb": "down", "reason": "wrong_contact", "words": "Ce numéro ne répond plus"}
    assert opinions(bench) == {3: said}

    page.keyboard.press("Enter")
    expect(page.get_by_label("Ce n’est pas ma demande")).to_be_focused()
    page.keyboard.press("Escape")
    expect(down).to_be_focused()
    expect(page.get_by_label("Ce n’est pas ma demande")).to_be_hidden()


def test_an_opinion_that_could_not_be_kept_is_said_so(answered, bench):
    page = answered
    page.route("**/opinion", lambda route: route.abort())
    page.get_by_role("button", name="Utile", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Votre avis n’a pas pu être noté.")
    expect(page.get_by_role("button", name="Utile", exact=True)).to_have_attribute("aria-pressed", "false")


def test_small_talk_is_neither_judged_nor_copied(visit):
    page = visit()
    say(page, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    for name in ("Utile", "Copier la réponse"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


def test_the_whole_text_of_an_answer_is_copied(answered):
    page = answered
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier la réponse").click()
    expect(page.get_by_role("status")).to_have_text("La réponse est copiée.")
    assert "– Chambre d’essai du Finistère" in page.evaluate("navigator.clipboard.readText()")


def test_starting_over_asks_what_becomes_of_the_conversation(answered, bench):
    page = answered
    begin_again = page.get_by_role("button", name="Recommencer", exact=True)
    begin_again.click()
    page.keyboard.press("Escape")
    expect(cards(page)).to_have_count(2)

    begin_again.click()
    page.get_by_role("button", name="Garder et recommencer").click()
    expect(page.get_by_role("status")).to_have_text("Une nouvelle conversation commence.")
    expect(page.locator(".message")).to_have_count(1)
    expect(page.get_by_label("Votre message")).to_be_focused()
    assert (len(bench.dialogue.opened), bench.dialogue.forgotten) == (2, [])

    say(page, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    begin_again.click()
    page.get_by_role("button", name="Effacer et recommencer").click()
    expect(page.get_by_role("status")).to_contain_text("Votre conversation est effacée.")
    expect(page.locator(".message")).to_have_count(1)
    assert (len(bench.dialogue.opened), len(bench.dialogue.forgotten)) == (3, 1)
