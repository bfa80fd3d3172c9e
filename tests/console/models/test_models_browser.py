"""The models' pages in a real browser: a training that ends shows its comparison by itself; read by axe."""

from playwright.sync_api import expect

from console.viewers import Role
from tests.browsing import needs_chromium
from tests.console.accounts.test_browser import fits
from tests.console.models.conftest import BASE, CANDIDATE, OWN, REPORT

pytestmark = needs_chromium


def test_a_training_is_followed_compared_promoted_and_rolled_back(signed_page, models, engine, approved):
    page = signed_page(Role.ADMINISTRATOR, "/modeles")
    fits(page)
    page.get_by_label("Pourquoi").fill("le vocabulaire du net")
    page.get_by_role("button", name="Entraîner et comparer").click()
    (run,) = models.runs.listed()
    expect(page.get_by_text("En attente")).to_be_visible()
    models.runs.begin(run.id)
    models.runs.beat(run.id, "training", "epoch 1")
    expect(page.get_by_text("entraînement", exact=False).last).to_be_visible()
    fits(page)
    models.runs.done(run.id, OWN, CANDIDATE, BASE, REPORT)
    expect(page.get_by_text("1 message gagné")).to_be_visible(timeout=10_000)
    fits(page)
    page.get_by_label("Pourquoi").fill("deux de mieux")
    page.get_by_role("button", name="Mettre en service").click()
    expect(page.get_by_text("Ce modèle répond aux dirigeants.")).to_be_visible()
    assert engine.name == CANDIDATE
    page.get_by_role("link", name="Modèles").last.click()
    page.get_by_label("Pourquoi").first.fill("pour voir")
    page.get_by_role("button", name="Revenir en arrière").click()
    expect(page.get_by_role("cell", name="Retour en arrière")).to_be_visible()
    fits(page)
    assert engine.name == OWN
