"""Every state of the chat is accessible, and the whole course can be gone by keyboard, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browsing import barriers, needs_chromium
from tests.portal.pages import NEED, cards, say

pytestmark = needs_chromium


def assert_accessible(page, width):
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# 320 by 256 is a screen of 1280 by 1024, enlarged four times.
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 256)])
def test_axe_finds_nothing_where_something_is_wrong_or_asked(visit, bench, scheme, width, height):
    page = visit(width, height, scheme)
    say(page, NEED)
    expect(cards(page)).to_have_count(2)
    page.get_by_role("button", name="Pas utile").click()
    expect(page.get_by_label("Ce n’est pas ma demande")).to_be_focused()
    assert_accessible(page, width)

    refused = {"status": 429, "json": {"detail": "Vous avez envoyé beaucoup de messages."}}
    page.route("**/current/messages", lambda route: route.fulfill(**refused), times=1)
    say(page, "bonjour")
    expect(page.get_by_role("alert")).to_contain_text("beaucoup de messages")
    assert_accessible(page, width)

    page.context.set_offline(True)
    page.get_by_label("Votre message").press("Enter")
    expect(page.get_by_role("button", name="Reprendre ce message")).to_be_visible()
    assert_accessible(page, width)
    page.get_by_role("button", name="Recommencer", exact=True).click()
    assert_accessible(page, width)


NAME_OF_FOCUS = """() => {
    const { labels, textContent, ariaLabel } = document.activeElement;
    return (ariaLabel ?? labels?.[0]?.textContent ?? textContent).trim().replace(/\\s+/g, " ");
}"""


def press(page, key, times=1):
    """Press a key some times; return the names of what had the focus after each."""
    names = []
    for _ in range(times):
        page.keyboard.press(key)
        names.append(page.evaluate(NAME_OF_FOCUS))
    return names


def test_the_whole_course_is_gone_by_keyboard(visit, bench):
    page = visit()
    assert press(page, "Tab") == ["Aller à la zone de saisie"]
    assert press(page, "Enter") == ["Votre message"]
    page.keyboard.type(NEED)
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(2)

    back = press(page, "Shift+Tab", 6)
    answers = ["Pourquoi ce contact ?", "D’autres contacts"]
    assert back == ["Lieu : Finistère, changer de lieu", *answers, "Pas utile", "Utile", "Copier la réponse"]
    assert press(page, "Tab") == ["Utile"]
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Votre avis est noté.")
    on = press(page, "Tab", 9)
    assert on[:5] == ["Pas utile", *answers[::-1], "Lieu : Finistère, changer de lieu", "Votre message"]
    assert on[5:] == ["Envoyer", "Recommencer", "Imprimer", "Recevoir par e-mail"]

    assert press(page, "Tab") == ["Effacer ma conversation"]
    assert press(page, "Enter") == ["Garder"]
    assert press(page, "Escape") == ["Effacer ma conversation"]
    page.keyboard.press("Enter")
    assert press(page, "Tab") == ["Effacer"]
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Votre conversation est effacée.")
    expect(page.get_by_label("Votre message")).to_be_focused()
    assert len(bench.dialogue.forgotten) == 1
