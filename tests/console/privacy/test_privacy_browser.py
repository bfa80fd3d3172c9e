import pytest

from console.viewers import Role
from conversations.reading_log import CONVERSATION, LIST, REQUEST

pytestmark = pytest.mark.browser
WIDTH = 375


def test_an_administrator_erases_what_a_letter_asks_for(signed_page, privacy, purged, made):
    privacy.reads.record_read("anne", CONVERSATION, made.conversation_id, "Relecture")
    privacy.reads.record_read("anne", REQUEST, made.id, "Suivi d’une demande")
    page = signed_page(Role.ADMINISTRATOR, "/confidentialite", width=WIDTH)
    for tab in ("Qui a lu quoi", "Accords", "Effacer"):
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
        page.get_by_role("link", name=tab, exact=True).click()
    page.get_by_label("Référence de la demande").fill(made.reference.lower())
    page.get_by_role("button", name="Chercher").click()
    page.get_by_label("Écrivez la référence une seconde fois").fill("BP-2222-22")
    page.get_by_role("button", name="Tout effacer").click()
    assert page.get_by_role("status").count() == 0, "another reference erases nothing"
    page.get_by_label("Écrivez la référence une seconde fois").fill(made.reference)
    page.get_by_role("button", name="Tout effacer").click()
    page.get_by_role("status").wait_for()
    assert "plus rien" in page.get_by_role("status").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


@pytest.mark.parametrize("width", [1280, 375])
def test_what_lists_showed_can_be_read_on_any_screen(signed_page, privacy, made, width, tmp_path):
    asked = "besoin=website&departement=29&relecteur=account-administrator"
    privacy.reads.record_list("anne", LIST, asked, [made.conversation_id], "Lecture des conversations")
    privacy.reads.record_read("anne", CONVERSATION, made.conversation_id, "Lecture des conversations")
    page = signed_page(Role.ADMINISTRATOR, "/confidentialite/lectures", width=width)
    page.get_by_label("Référence ou identifiant").fill(made.conversation_id)
    page.get_by_role("button", name="Chercher").click()
    assert page.locator("tbody tr").count() == 2
    assert "1 extrait" in page.locator("tbody").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=tmp_path / f"reads-{width}.png", full_page=True)
