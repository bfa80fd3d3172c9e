"""The round of a change in a real browser: edited, checked, published, and found by an owner."""

import pytest
from playwright.sync_api import expect

from console.viewers import Role
from knowledge.service import KnowledgeBase
from tests.browsing import barriers, needs_chromium
from tests.console.records.conftest import TODAY

pytestmark = needs_chromium
PAGES = (
    "/fiches",
    "/fiches/organismes/cci-29",
    "/fiches/organismes/cci-29/modifier",
    "/fiches/aides/pass-29",
    "/fiches/aides/pass-29/modifier",
    "/fiches/aides/pass-29/verifier",
    "/fiches/a-verifier",
    "/fiches/importer",
)


@pytest.fixture
def found(book, territories):
    """What an owner of Quimper is shown first."""
    base = KnowledgeBase(book.engine, territories, today=lambda: TODAY)
    return lambda: base.contacts("website", territories.get("commune", "29232"))[0]


def test_a_change_is_edited_checked_published_and_found(signed_page, found):
    page = signed_page(Role.ADVISOR, "/fiches/organismes/cci-29")
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Téléphone").fill("12")
    page.get_by_label("Pourquoi").fill("Le standard a changé.")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("alert")).to_contain_text("1 réponse à corriger")
    page.get_by_role("alert").get_by_role("link", name="Téléphone").click()
    assert page.evaluate("document.activeElement.id || location.hash") in ("phone", "#phone")
    expect(page.get_by_label("Pourquoi")).to_have_value("Le standard a changé.")

    page.get_by_label("Téléphone").fill("02 98 00 38 00")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator("ins")).to_have_text(["02 98 00 38 00"])
    assert found().phone == "02 98 98 29 29"
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Publiée")).to_be_visible()
    assert found().phone == "02 98 00 38 00"

    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Besoins, rang 3").select_option("loans")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)
    page.get_by_role("button", name="Envoyer pour relecture").click()

    reader = signed_page(Role.REVIEWER, "/fiches")
    reader.get_by_role("link", name="CCI du Finistère").first.click()
    reader.get_by_role("button", name="Publier").click()
    expect(reader.get_by_role("heading", name="CCI du Finistère")).to_be_visible()
    expect(reader.get_by_text("Prêts et garanties").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_axe_finds_nothing_and_nothing_is_cut_off(signed_page, width, scheme):
    page = signed_page(Role.ADMINISTRATOR, width=width, scheme=scheme)
    address = page.url.rstrip("/")
    wrong = {}
    for path in PAGES:
        page.goto(address + path)
        wrong[path] = barriers(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[path].append("wider than the screen")
    assert {path: what for path, what in wrong.items() if what} == {}
