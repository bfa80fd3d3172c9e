"""What the page does when the connection goes, and what comes by itself, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browsing import PATIENCE, needs_chromium
from tests.portal.pages import NEED, cards, say

pytestmark = needs_chromium

EVENTS = "**/current/events?*"
UNAVAILABLE = "L’assistant ne peut pas répondre pour le moment."


def answered_by_post_alone(page):
    page.route(EVENTS, lambda route: route.abort())


@pytest.fixture
def recovering(bench):
    """The portal answers late what could not be answered at once."""
    bench.recovers = True


@pytest.fixture
def second_window():
    """Open a second window on the conversation of a page, as another tab does."""

    def second_window(page):
        other = page.context.new_page()
        other.set_default_timeout(PATIENCE)
        other.goto(page.url)
        return other

    return second_window


def test_each_message_is_shown_once_whichever_way_it_comes(visit, bench):
    page = visit()
    for count, text in enumerate(("un", "deux", "trois"), 1):
        say(page, text)
        expect(page.get_by_text(f"Vous avez dit : {text}")).to_be_visible()
        expect(page.locator(".message")).to_have_count(1 + 2 * count)
    page.wait_for_timeout(300)
    expect(page.locator(".message")).to_have_count(7)


def test_what_is_said_in_another_window_appears_in_its_place(visit, second_window):
    page = visit()
    say(page, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    other = second_window(page)
    expect(other.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    say(other, NEED)

    expect(cards(page)).to_have_count(2)
    expect(page.locator(".message-owner .bubble")).to_have_text(["bonjour", NEED])
    expect(other.locator(".message")).to_have_count(5)
    expect(page.locator(".message")).to_have_count(5)


def test_a_late_answer_comes_by_itself_and_takes_the_mark_away(recovering, visit, bench):
    page = visit()
    bench.dialogue.broken = "timeout"
    say(page, NEED)
    expect(page.get_by_text(UNAVAILABLE)).to_be_visible()
    resend = page.get_by_role("button", name="Renvoyer ce message")
    expect(resend).to_be_visible()
    bench.dialogue.broken = None
    expect(cards(page)).to_have_count(2)
    expect(resend).to_be_hidden()
    expect(page.get_by_text(UNAVAILABLE)).to_have_count(0)
    expect(page.locator(".message-bot").nth(1)).to_contain_text("L’assistant est de nouveau là.")
    expect(page.locator(".message")).to_have_count(4)


def test_without_a_stream_the_page_asks_now_and_then(visit, bench, second_window):
    page = visit(prepare=answered_by_post_alone)
    # Four streams in vain take some seconds.
    with page.expect_request("**/current/messages?after=*", timeout=20_000):
        pass
    other = second_window(page)
    expect(other.locator(".message")).to_have_count(1)
    say(other, NEED)
    expect(cards(page)).to_have_count(2, timeout=10_000)


def test_a_message_written_offline_leaves_once_when_the_connection_is_back(visit, bench):
    page = visit()
    page.context.set_offline(True)
    expect(page.get_by_role("status")).to_contain_text("Vous êtes hors connexion.")
    say(page, NEED)
    expect(page.get_by_text("En attente de connexion")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Votre message partira")
    say(page, "et à Brest")
    expect(page.get_by_text("En attente de connexion")).to_have_count(2)
    assert bench.dialogue.said == []

    page.context.set_offline(False)
    expect(cards(page)).to_have_count(2)
    expect(page.get_by_text("Vous avez dit : et à Brest")).to_be_visible()
    expect(page.get_by_text("En attente de connexion").locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("status")).to_be_empty()
    assert bench.dialogue.said == [NEED, "et à Brest"]


def test_a_message_that_waits_survives_a_reload(visit, bench):
    page = visit()
    page.route("**/current/messages", lambda route: route.abort())
    say(page, NEED)
    expect(page.get_by_text("En attente de connexion")).to_be_visible()
    page.unroute("**/current/messages")
    page.reload()

    expect(cards(page)).to_have_count(2)
    expect(page.locator(".message-owner")).to_have_count(1)
    assert bench.dialogue.said == [NEED]
    assert page.evaluate("sessionStorage.length") == 0


def test_a_message_whose_answer_got_lost_is_answered_once(visit, bench):
    page = visit()

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/current/messages", lose, times=1)
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.locator(".message")).to_have_count(3)
    assert bench.dialogue.said == [NEED]


def test_a_message_that_waits_can_be_taken_back(visit, bench):
    page = visit()
    page.context.set_offline(True)
    say(page, NEED)
    page.get_by_role("button", name="Reprendre ce message").click()
    expect(page.locator(".message-owner")).to_have_count(0)
    expect(page.get_by_label("Votre message")).to_have_value(NEED)
    assert page.evaluate("sessionStorage.length") == 0


def test_what_waits_goes_with_an_erased_conversation(visit, bench):
    page = visit()
    page.route("**/current/messages", lambda route: route.abort())
    say(page, NEED)
    expect(page.get_by_text("En attente de connexion")).to_be_visible()
    page.unroute("**/current/messages")
    page.get_by_role("button", name="Effacer ma conversation").click()
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Votre conversation est effacée.")
    page.reload()
    expect(page.locator(".message")).to_have_count(1)
    assert bench.dialogue.said == []


def test_an_erasure_in_another_window_is_seen_here(visit, second_window):
    page = visit()
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    other = second_window(page)
    say(other, "Tout effacer")
    expect(other.get_by_text("Votre conversation est effacée")).to_be_visible()

    expect(page.locator(".message")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("Cette conversation n’existe plus")
    say(other, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    say(page, "merci")
    expect(other.get_by_text("Vous avez dit : merci")).to_be_visible()
    expect(page.locator(".message")).to_have_count(5)


def test_the_stream_ends_with_the_page(visit, bench):
    page = visit()
    say(page, "bonjour")
    expect(page.get_by_text("Vous avez dit : bonjour")).to_be_visible()
    assert b"boussole_event_streams 1.0" in bench.metrics.page()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.wait_for_timeout(500)
    assert b"boussole_event_streams 0.0" in bench.metrics.page()
