"""Markup in what owners type and in what answers hold, in a real browser: text, whatever it says."""

from playwright.sync_api import expect

from tests.browsing import needs_chromium
from tests.portal import fakes
from tests.portal.pages import say

pytestmark = needs_chromium

MARKUP = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>ici</a>",
    "javascript:alert(1)",
)


def test_markup_in_messages_and_places_is_text(visit, monkeypatch):
    page = visit()
    ran, loaded = [], []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: loaded.append(request.url) if request.url.endswith("/x") else None)
    evil = {
        **fakes.CONTACT,
        "name": MARKUP[0],
        "why": MARKUP[1],
        "url": "javascript:alert(1)",
        "territory": None,
    }
    place = {"level": "departement", "code": "29", "name": MARKUP[2]}
    card = {"type": "contacts", "need": None, "territory": place, "items": [evil], "more": False}
    buttons = [{"title": MARKUP[0], "payload": MARKUP[1]}]
    answers = (("carte", lambda: {"text": MARKUP[3], "buttons": buttons, "custom": card}),)
    monkeypatch.setattr(fakes, "ANSWERS", answers)
    for text in MARKUP:
        say(page, text)
        expect(page.get_by_text(f"Vous avez dit : {text}", exact=True)).to_be_visible()
    say(page, "carte")
    expect(page.get_by_role("button", name=MARKUP[0])).to_be_visible()
    expect(page.get_by_role("button", name=MARKUP[2])).to_be_visible()  # the place
    page.reload()
    expect(page.get_by_text(f"Vous avez dit : {MARKUP[0]}", exact=True)).to_be_visible()
    inside = page.locator("#log")
    assert inside.locator("img, script, iframe, svg[onload], [onerror], [href^='javascript']").count() == 0
    assert (ran, loaded) == ([], [])
