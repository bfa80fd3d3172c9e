import pytest
from playwright.sync_api import expect

from console.viewers import Role
from conversations.bootstrap import open_holds
from tests.browsing import barriers, needs_chromium
from tests.conversations.advisors import ANNE

pytestmark = needs_chromium
SOON = 20_000  # ms: it takes two seconds, and far longer where tests share a busy processor


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_axe_finds_nothing_and_nothing_is_cut_off(signed_page, bench, width, scheme):
    page = signed_page(
        Role.ADMINISTRATOR, "/conversations?doute=&confiance=forte", width=width, scheme=scheme
    )
    for path in (None, "/conversations?q=site", f"/conversations/{bench.brest}"):
        if path:
            page.goto(page.url.split("/conversations")[0] + path)
            for closed in page.locator("details").all():
                closed.evaluate("details => (details.open = true)")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_is_walked_and_opened_by_keyboard(signed_page, bench):
    page = signed_page(Role.ADMINISTRATOR, "/conversations")
    page.keyboard.press("j")
    expect(page.locator("tr[aria-selected=true]")).to_contain_text("une aide pour la boutique")
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr[aria-selected=true]")).to_contain_text("un site pour la crêperie")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Brest")
    page.go_back()
    page.keyboard.press("/")
    page.keyboard.type("boutique")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("boutique")


def test_what_is_said_meanwhile_appears_by_itself(signed_page, bench):
    page = signed_page(Role.ADMINISTRATOR, f"/conversations/{bench.brest}")
    turn = bench.log.receive(bench.log.by_id(bench.brest), "m9", "et pour Instagram ?")
    expect(page.get_by_text("et pour Instagram ?")).to_be_visible(timeout=SOON)
    bench.log.answer(turn, [{"text": "Réponse tardive."}], {})
    expect(page.get_by_text("Réponse tardive.")).to_be_visible(timeout=SOON)
    assert page.get_by_text("et pour Instagram ?").count() == 1


def test_a_link_to_a_turn_leads_to_its_page(signed_page, bench):
    for number in range(60):
        bench.speak(bench.brest, f"n{number}", f"message {number}.")
    page = signed_page(Role.ADMINISTRATOR, f"/conversations/{bench.brest}#tour-5")
    expect(page.locator("#tour-5")).to_contain_text("message 1.")
    page.goto(page.url.split("?")[0] + "#tour-99999")
    expect(page.get_by_text("message 59.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_what_an_advisor_wrote_is_found_and_opened(signed_page, bench, record, clock, width, tmp_path):
    holds = open_holds(record, clock)
    holds.take(bench.brest, ANNE)
    holds.say(bench.brest, ANNE, "Apportez votre bilan à la permanence.")
    page = signed_page(Role.ADMINISTRATOR, "/conversations?q=bilan", width=width)
    expect(page.get_by_text("écrit par un conseiller")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=tmp_path / f"found-{width}.png", full_page=True)
    page.locator(".logs-hits a").click()
    expect(page.locator("li.turn:target, :target")).to_contain_text("Apportez votre bilan à la permanence.")
