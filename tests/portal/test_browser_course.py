"""What happens on the page when answers come late, in a real browser."""

from playwright.sync_api import expect

from tests.browsing import needs_chromium
from tests.portal.fakes import GREETING
from tests.portal.pages import NEED, cards, hold, say

pytestmark = needs_chromium


def test_a_message_sent_while_the_conversation_opens_waits_for_it(visit, bench):
    openings = []
    page = visit(
        prepare=lambda page: page.route("**/api/conversations", lambda route: openings.append(route))
    )
    say(page, NEED)
    expect(page.get_by_role("status")).to_have_text("L’assistant écrit…")
    openings[0].continue_()

    expect(cards(page)).to_have_count(2)
    expect(page.locator(".message-bot").first).to_contain_text(GREETING)
    assert (len(openings), len(bench.dialogue.opened), bench.dialogue.said) == (1, 1, [NEED])


def test_a_history_that_could_not_be_fetched_is_not_replaced_by_a_new_conversation(visit, bench):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    page.route("**/current/messages", lambda route: route.abort(), times=1)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("La conversation n’a pas pu s’ouvrir.")

    say(page, "merci")
    expect(page.get_by_text("Vous avez dit : merci")).to_be_visible()
    expect(cards(page)).to_have_count(2)
    assert len(bench.dialogue.opened) == 1


def test_an_answer_that_comes_after_the_erasure_is_dropped(visit, bench):
    page = visit()
    held = hold(page, "**/current/messages")
    say(page, NEED)
    expect(page.locator(".message-owner")).to_have_count(1)
    page.get_by_role("button", name="Effacer ma conversation").click()
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Votre conversation est effacée.")

    late = {"from": "bot", "text": "Réponse tardive", "buttons": None, "custom": None, "message_id": "x"}
    held.pop().fulfill(json={"messages": [late], "state": "answered"})
    page.unroute("**/current/messages")
    say(page, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    expect(page.locator(".message")).to_have_count(3)
    expect(page.get_by_text("Réponse tardive")).to_have_count(0)


def test_a_message_refused_after_the_erasure_does_not_come_back(visit, bench):
    page = visit()
    held = hold(page, "**/current/messages")
    say(page, NEED)
    expect(page.locator(".message-owner")).to_have_count(1)
    page.get_by_role("button", name="Effacer ma conversation").click()
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Votre conversation est effacée.")

    held.pop().fulfill(status=401, json={"detail": "Cette conversation n’existe pas."})
    page.unroute("**/current/messages")
    say(page, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    expect(page.get_by_label("Votre message")).to_have_value("")
    assert (len(bench.dialogue.opened), bench.dialogue.said) == (2, ["bonjour"])
