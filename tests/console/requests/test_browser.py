"""A request from its arrival to its end, and a conversation that an advisor takes over, in a real browser."""

import socket
import threading

import pytest
from playwright.sync_api import expect

from console.viewers import Role
from conversations.bootstrap import open_advisor_post, open_holds, open_listing, open_opinions, utc_now
from conversations.request_views import CLOSED
from conversations.waiting import Waiting
from portal.app import create_app
from portal.server import make_server
from tests.browsing import barriers, needs_chromium
from tests.portal.conftest import Bench

pytestmark = needs_chromium


@pytest.fixture
def portal(office):
    """The owners' page over stand-ins and the same record, on a free port of this machine."""
    record = office.record
    bench = Bench(
        office.log,
        Waiting(record, utc_now),
        open_opinions(record),
        open_holds(record),
        open_advisor_post(record),
        open_listing(record),
        recovers=True,
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(create_app(bench.services()), "127.0.0.1", 0, patience=1)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield bench, f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=10)


def faults(page):
    return barriers(page)


def test_a_request_is_taken_answered_and_closed(signed_page, office):
    made, _ = office.asked()
    page = signed_page(Role.ADVISOR, "/demandes")
    assert faults(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(made.reference)
    with page.expect_navigation():
        page.get_by_role("button", name="Prendre la demande").click()
    page.get_by_label("Votre réponse").fill("Je vous appelle demain à 9 h.")
    assert faults(page) == []
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("a répondu par e-mail")).to_be_visible()
    page.get_by_label("Comment elle se termine").select_option(CLOSED[0])
    page.get_by_role("button", name="Clore la demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terminée")
    expect(page.get_by_text("Le demandeur est interrogé")).to_be_visible()


def test_an_advisor_takes_over_and_both_see_it_live(signed_page, browser, office, portal):
    bench, address = portal
    owner = browser.new_context().new_page()
    owner.set_default_timeout(8000)
    owner.goto(address)
    owner.get_by_label("Votre message").fill("Je veux un conseil")
    owner.keyboard.press("Enter")
    expect(owner.get_by_text("Vous avez dit : Je veux un conseil")).to_be_visible()
    (sender,) = bench.dialogue.senders
    office.asked_in(sender)

    advisor = signed_page(Role.ADVISOR, f"/demandes/conversation/{sender}")
    assert faults(advisor) == []
    advisor.get_by_role("button", name="Prendre la conversation").click()
    expect(owner.get_by_text("Anne Kerbrat (CCI d'essai) vous répond ici.")).to_be_visible()

    owner.get_by_label("Votre message").fill("<b>Êtes-vous là ?</b>")
    owner.keyboard.press("Enter")
    expect(advisor.get_by_text("<b>Êtes-vous là ?</b>")).to_be_visible()
    expect(owner.get_by_text("Votre message est transmis à Anne Kerbrat")).to_be_visible()

    advisor.get_by_label("Votre message").fill("Oui, dites-moi tout.")
    with advisor.expect_navigation():
        advisor.keyboard.press("Control+Enter")
    expect(owner.locator(".message-advisor")).to_contain_text("Anne Kerbrat, CCI d'essai")
    expect(owner.locator(".message-advisor")).to_contain_text("Oui, dites-moi tout.")
    assert faults(advisor) == []

    advisor.get_by_role("button", name="Rendre la conversation").click()
    expect(owner.get_by_text("L’assistant répond de nouveau.")).to_be_visible()
    owner.get_by_label("Votre message").fill("merci")
    owner.keyboard.press("Enter")
    expect(owner.get_by_text("Vous avez dit : merci")).to_be_visible()
    assert bench.dialogue.said == ["Je veux un conseil", "merci"]
    owner.context.close()
