"""Whoever asks for less motion gets none: not in the chat, not in the panel on another site, not in the directory."""

import pytest
from playwright.sync_api import expect

from tests.browsing import PATIENCE, needs_chromium
from tests.portal.foreign import foreign_site
from tests.portal.pages import NEED, cards, hold
from tests.portal.shipped import shipped_directory

pytestmark = needs_chromium

WRITING = "L’assistant écrit…"
# Every element, in shadow roots and pseudo-elements too, whose computed style moves.
MOVING = """() => {
  const inside = (e) => e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e];
  const all = (root) => Array.from(root.querySelectorAll("*")).flatMap(inside);
  const timed = (text) => text.split(",").some((time) => parseFloat(time) > 0);
  const moves = (style) => (style.animationName !== "none" && timed(style.animationDuration))
    || timed(style.transitionDuration) || style.scrollBehavior === "smooth";
  return all(document).filter((e) => ["", "::before", "::after"].some((part) => moves(getComputedStyle(e, part))))
    .map((e) => e.tagName + "." + e.className);
}"""
RUNNING = """() => [document, ...Array.from(document.querySelectorAll("*"), (e) => e.shadowRoot).filter(Boolean)]
  .flatMap((root) => root.getAnimations()).length"""
# What scripts scroll is asked of the browser with a way to do it.
SCROLLS = """() => {
  window.scrolled = [];
  for (const name of ["scrollIntoView", "scrollBy"]) {
    const real = Element.prototype[name];
    Element.prototype[name] = function (how) { scrolled.push(how?.behavior ?? "auto"); return real.call(this, how); };
  }
}"""


@pytest.fixture
def bench(bench):
    bench.directory = shipped_directory()
    return bench


@pytest.fixture
def site(bench):
    with foreign_site() as site:
        bench.widget_sites = (site.origin,)
        yield site


@pytest.fixture
def open_page(browser, site, address):
    """Open a page for an owner who wants motion so."""
    site.portal = address.rstrip("/")
    contexts = []

    def open_page(url, motion):
        contexts.append(browser.new_context(reduced_motion=motion))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        page.evaluate(SCROLLS)
        return page

    yield open_page
    for context in contexts:
        context.close()


def waits(page):
    """Say something whose answer does not come yet; return what lets it come."""
    held = hold(page, "**/current/messages")
    page.get_by_label("Votre message").fill(NEED)
    with page.expect_request(lambda request: request.method == "POST" and "/messages" in request.url):
        page.keyboard.press("Enter")
    expect(page.get_by_text(WRITING)).to_be_visible()
    return lambda: held.pop().continue_()


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
@pytest.mark.parametrize("where", ["chat", "widget"])
def test_nothing_moves_while_an_answer_comes(open_page, site, address, where, motion, moves):
    page = open_page(address if where == "chat" else f"{site.origin}/page.html", motion)
    if where == "widget":
        page.get_by_role("button", name="Qui peut aider mon entreprise ?").click()
    answer = waits(page)
    assert bool(page.evaluate(MOVING)) is moves
    assert (page.evaluate(RUNNING) > 0) is moves
    answer()
    expect(cards(page)).to_have_count(2)
    assert ("smooth" in page.evaluate("scrolled")) is moves
    if not moves:
        assert page.evaluate(MOVING) == []


def test_nothing_moves_in_the_directory(open_page, address):
    for path in ("annuaire?besoin=website&lieu=Quimper", "carte?besoin=website", "aides", "developpeurs"):
        page = open_page(address + path, "reduce")
        assert page.evaluate(MOVING) == []
        assert page.evaluate(RUNNING) == 0


def test_a_thumb_that_is_pressed_is_seen_in_forced_colours(browser, address):
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Votre message").fill(NEED)
    page.keyboard.press("Enter")
    up = page.get_by_role("button", name="Utile", exact=True)
    before = up.evaluate("e => getComputedStyle(e).backgroundColor")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    assert up.evaluate("e => getComputedStyle(e).backgroundColor") != before
    context.close()
