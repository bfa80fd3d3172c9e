"""What the page does with answers beyond contacts and schemes: rules, requests, what is taken along, erasure."""

from playwright.sync_api import expect

from tests.browsing import barriers, needs_chromium
from tests.portal.fakes import GREETING
from tests.portal.pages import NEED, cards, say

pytestmark = needs_chromium


def no_barrier(page):
    assert barriers(page) == []


def test_rules_stand_between_their_lead_and_the_next_steps(visit):
    page = visit()
    say(page, "Est-ce obligatoire ?")

    expect(page.get_by_text("Voici ce qui est obligatoire pour vous.")).to_be_visible()
    expect(cards(page)).to_have_count(2)
    expect(cards(page).nth(0)).not_to_contain_text("À confirmer")
    expect(cards(page).nth(1)).to_contain_text("À confirmer")
    expect(page.locator("ol.steps li")).to_have_count(2)
    expect(page.get_by_text("Prochaine étape : dites combien vous êtes.")).to_be_visible()
    no_barrier(page)


def test_a_date_to_come_can_be_put_in_a_calendar(visit):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    expect(page.get_by_role("link", name="Ajouter à mon agenda")).to_have_count(0)
    say(page, "Est-ce obligatoire ?")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ajouter à mon agenda").click()
    assert download.value.suggested_filename.endswith(".ics")


def test_a_request_shows_its_text_and_where_it_stands(visit):
    page = visit()
    say(page, "Je veux un conseiller")

    expect(
        page.get_by_text("Votre demande BP-7K3M-42 est enregistrée. Gardez cette référence.")
    ).to_be_visible()
    expect(cards(page)).to_contain_text("Demande de conseil BP-7K3M-42")
    expect(cards(page)).to_contain_text("Enregistrée, pas encore prise en charge")
    no_barrier(page)


def test_the_answers_open_on_a_page_to_print(visit):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Imprimer", exact=True).click()
    printed = opened.value
    expect(printed.get_by_role("heading", name="Qui contacter")).to_be_visible()
    expect(printed.get_by_text("02 99 00 00 00")).to_be_visible()
    no_barrier(printed)


def test_asked_for_in_words_the_page_to_print_has_a_link(visit):
    page = visit()
    say(page, "Je veux imprimer")
    expect(page.get_by_role("link", name="Ouvrir la page à imprimer")).to_have_attribute(
        "href", "/conversation/imprimer"
    )


def test_the_answers_are_asked_for_by_mail_with_one_button(visit, bench):
    page = visit()
    page.get_by_role("button", name="Recevoir par e-mail").click()
    expect(page.get_by_text("Vous avez dit : Recevoir ces réponses par e-mail")).to_be_visible()


def test_an_erasure_in_words_leaves_its_proof_and_the_next_message_starts_anew(visit, bench):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    say(page, "Tout effacer")

    expect(page.get_by_text("Votre conversation est effacée")).to_be_visible()
    expect(page.locator(".message")).to_have_count(1)
    assert page.context.cookies() == []
    no_barrier(page)

    say(page, "bonjour")
    expect(page.get_by_text(GREETING)).to_be_visible()
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    assert len(bench.dialogue.opened) == 2


def test_after_an_erasure_a_reload_knows_nothing(visit):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    say(page, "Tout effacer")
    expect(page.get_by_text("Votre conversation est effacée")).to_be_visible()
    page.reload()
    expect(page.locator(".message")).to_have_count(1)
    expect(page.get_by_text(GREETING)).to_be_visible()


def test_without_scripts_the_conversation_goes_on(visit, browser, address):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(address)
    plain.get_by_role("link", name="Lire votre conversation et la continuer").click()
    expect(plain.get_by_text("– Chambre d’essai du Finistère, 02 99 00 00 00")).to_be_visible()
    plain.get_by_role("button", name="D’autres contacts").click()
    expect(plain.get_by_text("Vous avez dit : D’autres contacts")).to_be_visible()
    plain.get_by_label("Votre message").fill("merci")
    plain.get_by_role("button", name="Envoyer").click()
    expect(plain.get_by_text("Vous avez dit : merci")).to_be_visible()
    context.close()
