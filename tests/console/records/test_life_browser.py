"""A record begun, taken out and brought back in a real browser; each page is looked at on small screens too."""

import pytest
from playwright.sync_api import expect

from console.viewers import Role
from tests.browsing import needs_chromium
from tests.console.accounts.test_browser import fits

pytestmark = [*needs_chromium, pytest.mark.parametrize("width", [1280])]


def looked_at(page, folder, name):
    """Keep a picture of the page; nothing is cut off, and axe finds nothing."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    fits(page)


def test_a_new_body_is_proposed_corrected_and_published(signed_page, width, tmp_path):
    page = signed_page(Role.ADVISOR, "/fiches", width=width)
    page.get_by_role("link", name="Nouvelle fiche d’organisme").click()
    page.get_by_label("Identifiant", exact=False).first.fill("CMA 29")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("alert")).to_contain_text("n’est pas un identifiant")
    looked_at(page, tmp_path, f"new-wrong-{width}")
    for label, words in (
        ("Identifiant (", "cma-29"),
        ("Nom (", "CMA du Finistère"),
        ("Ce qu’il fait", "Conseille les artisans sur leurs projets."),
        ("Public (", "artisans"),
        ("Code de son territoire", "29"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("Sorte d’organisme").select_option("cma")
    page.get_by_label("Coût de la première aide").select_option("free")
    page.get_by_label("Besoins, rang 1").select_option("website")
    page.get_by_label("Étendue de son territoire").select_option("departement")
    page.get_by_label("Comment ces faits ont été lus").select_option("memory")
    page.get_by_label("Pourquoi cette fiche").fill("Elle manque.")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifier la nouvelle fiche : CMA du Finistère")
    looked_at(page, tmp_path, f"new-check-{width}")
    page.get_by_role("button", name="Envoyer pour relecture").click()

    reader = signed_page(Role.REVIEWER, "/fiches", width=width)
    looked_at(reader, tmp_path, f"new-list-{width}")
    reader.get_by_role("link", name="CMA du Finistère").click()
    reader.get_by_role("button", name="Publier").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("CMA du Finistère")
    expect(reader.get_by_text("Conseille les artisans sur leurs projets.")).to_be_visible()


def test_a_scheme_is_taken_out_and_brought_back(signed_page, width, tmp_path):
    page = signed_page(Role.ADMINISTRATOR, "/fiches/aides/pass-29", width=width)
    page.get_by_role("link", name="Retirer").click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Dites en une phrase pourquoi.")).to_be_visible()
    page.get_by_label("Pourquoi la retirer").fill("Elle fait double emploi.")
    looked_at(page, tmp_path, f"withdraw-{width}")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Une seconde personne doit décider de ce retrait.")).to_be_visible()
    looked_at(page, tmp_path, f"withdraw-check-{width}")
    page.get_by_role("button", name="Envoyer pour relecture").click()

    reader = signed_page(Role.REVIEWER, "/fiches", width=width)
    reader.get_by_role("link", name="Pass").first.click()
    reader.get_by_role("button", name="Publier").click()
    expect(reader.get_by_text("L’assistant ne la montre plus.")).to_be_visible()
    looked_at(reader, tmp_path, f"withdrawn-{width}")
    reader.get_by_role("link", name="Fiches retirées").click()
    looked_at(reader, tmp_path, f"withdrawn-list-{width}")
    reader.locator("tbody a").click()
    reader.get_by_label("Pourquoi la remettre en service").fill("Elle est rouverte.")
    reader.get_by_role("button", name="Continuer").click()
    reader.get_by_role("button", name="Envoyer pour relecture").click()

    page.goto(page.url.split("/fiches")[0] + "/fiches")
    page.get_by_role("link", name="Pass").first.click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("link", name="Vérifier à nouveau")).to_be_visible()
    expect(page.get_by_role("cell", name="Remise en service")).to_be_visible()
