import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest

from portal.about import PAGES
from portal.site import Site
from tests.portal.shipped import shipped_directory

HTML = {"Accept": "text/html"}
FILLED = Site(
    address="https://boussole.example.org",
    publisher="Agence d’essai",
    publisher_address="1 rue de l’Essai, 29000 Quimper",
    director="Camille Essai",
    hosting="Hébergeur d’essai, 2 rue des Serveurs",
    email="contact@example.org",
    kept_days=90,
    request_days=200,
    trace_days=300,
    backup_days=21,
    mails=True,
    advisors=True,
    handed=True,
    channels=("whatsapp", "telegram", "sms"),
)
ITEM = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def filled(bench):
    """A site that says who answers for it; to be asked for before the client."""
    bench.site = FILLED


@pytest.fixture
def with_directory(bench):
    bench.directory = shipped_directory()


async def text_of(client, path):
    answer = await client.get(path, headers=HTML)
    assert answer.status_code == 200
    return unescape(re.sub(r"<[^>]+>", "", answer.text)).replace("\u00a0", " ")


@pytest.mark.parametrize("name", PAGES)
async def test_every_page_has_its_frame(with_directory, client, name):
    page = (await client.get(f"/{name}", headers=HTML)).text
    assert '<html lang="fr">' in page
    assert re.search(r"<title>[^<]+ – Boussole PME</title>", page)
    assert 'class="skip-link" href="#contenu"' in page
    assert 'id="contenu"' in page
    assert 'aria-label="Fil d’Ariane"' in page
    assert page.count("<h1") == 1
    for other in ("confidentialite", "accessibilite", "mentions-legales", "plan-du-site"):
        assert f'href="/{other}"' in page


@pytest.mark.parametrize("name", PAGES)
async def test_every_page_stands_without_the_directory(client, name):
    assert (await client.get(f"/{name}", headers=HTML)).status_code == 200


async def test_what_is_not_set_is_said(client):
    assert "Le responsable de ce site n’est pas encore renseigné." in await text_of(
        client, "/confidentialite"
    )
    legal = await text_of(client, "/mentions-legales")
    assert legal.count("non renseigné") == 5
    assert "Ces mentions ne sont pas complètes" in legal
    assert "Aucune adresse n’est encore renseignée" in await text_of(client, "/accessibilite")


async def test_what_is_set_is_shown(filled, client):
    privacy = await text_of(client, "/confidentialite")
    for words in (
        "Agence d’essai",
        "contact@example.org",
        "90 jours",
        "200 jours",
        "300 jours",
        "21 jours",
        "à l’organisme nommé",
    ):
        assert words in privacy
    legal = await text_of(client, "/mentions-legales")
    for words in ("Agence d’essai", "1 rue de l’Essai", "Camille Essai", "2 rue des Serveurs"):
        assert words in legal
    assert "non renseigné" not in legal
    assert "ne sont pas complètes" not in legal


async def test_without_a_mail_server_nobody_is_said_to_get_mail(client):
    assert "ce site n’envoie pas d’e-mail" in await text_of(client, "/confidentialite")


async def test_who_else_reads_is_said_where_it_is_so(filled, client):
    privacy = await text_of(client, "/confidentialite")
    assert "Si vous écrivez par WhatsApp, Telegram ou SMS, ce service voit aussi vos messages." in privacy
    assert "Service Public Conseillers entreprises" in privacy


async def test_nobody_else_is_said_to_read(client):
    privacy = await text_of(client, "/confidentialite")
    assert "WhatsApp" not in privacy
    assert "Conseillers entreprises" not in privacy


async def test_accessibility_is_not_claimed(client):
    assert "État : non audité." in await text_of(client, "/accessibilite")


async def test_a_mistake_is_reported_to_an_address_that_exists_only(with_directory, client):
    assert "Signaler une erreur" not in await text_of(client, "/annuaire/cci-29")


async def test_a_mistake_is_reported_with_the_record_it_is_in(filled, with_directory, client):
    page = (await client.get("/annuaire/cci-29", headers=HTML)).text
    link = re.search(r'href="(mailto:contact@example.org[^"]+)">Signaler une erreur', page)[1]
    assert "boussole.example.org/annuaire/cci-29" in link.replace("%3A", ":")


async def test_crawlers_are_kept_from_conversations(filled, client):
    text = (await client.get("/robots.txt")).text
    assert "Disallow: /api/\nDisallow: /conversation\nDisallow: /partage/\n" in text
    assert "Sitemap: https://boussole.example.org/sitemap.xml" in text


async def test_the_site_map_names_pages_that_are_there(filled, with_directory, client):
    tree = ET.fromstring((await client.get("/sitemap.xml")).text)
    found = [each.text for each in tree.iter(ITEM)]
    assert len(found) == len(set(found)) > 600
    assert all(each.startswith("https://boussole.example.org/") for each in found)
    for address in found[:12] + found[40::60]:
        assert (await client.get(address.removeprefix(FILLED.address), headers=HTML)).status_code == 200


@pytest.mark.parametrize("path", ["/rien", "/annuaire", "/conversation/rien"])
async def test_what_is_not_there_is_told_on_a_page(client, path):
    answer = await client.get(path, headers=HTML)
    assert answer.status_code == 404
    assert "<h1>Page introuvable</h1>" in answer.text
    assert "content-security-policy" in answer.headers


async def test_programs_get_problem_details_all_the_same(client):
    for path, headers in (("/rien", {}), ("/api/rien", HTML)):
        answer = await client.get(path, headers=headers)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_an_error_is_told_on_a_page(bench, client, monkeypatch):
    async def fails(token):
        raise RuntimeError("essai")

    monkeypatch.setattr(bench.dialogue, "forget", fails)
    await client.post("/api/conversations", json={})
    answer = await client.post("/conversation/effacer", headers=HTML)
    assert answer.status_code == 500
    assert "<h1>Erreur interne</h1>" in answer.text
    assert "default-src" in answer.headers["content-security-policy"]


async def test_long_pages_are_sent_compressed(with_directory, client):
    answer = await client.get("/carte", headers=HTML)
    assert answer.headers["content-encoding"] == "gzip"
