import re
from html import unescape

import pytest

from knowledge.codes import Need

HTML = {"Accept": "text/html"}


@pytest.fixture
def get(client):
    async def get(path, status=200):
        answer = await client.get(path, headers=HTML)
        assert answer.status_code == status, path
        return unescape(answer.text).replace("\u00a0", " ").replace("\u202f", " ")

    return get


def ids(page, path):
    return re.findall(rf"<h3><a href=\"{path}/([a-z0-9-]+)", page)


async def test_bodies_stand_in_the_order_of_the_assistant(get, desk):
    search = desk.searches.read({"besoin": "website", "lieu": "Quimper"})
    page = await get("/annuaire?besoin=website&lieu=Quimper&metier=")
    named = [match.id for match in desk._knowledge.contacts("website", search.place)]
    assert ids(page, "/annuaire") == named[:12]
    assert "La chambre de commerce conseille dans le Finistère" in page


async def test_what_is_not_verified_says_so_with_its_date(get):
    page = await get("/annuaire?besoin=website&lieu=Quimper")
    first = page[page.index("CCI métropolitaine") :]
    assert "À confirmer" in first[: first.index("</li>")]
    assert "vu en octobre 2019" in first[: first.index("</li>")]


async def test_the_trade_decides_between_the_chambers(get):
    baker = ids(await get("/annuaire?besoin=website&lieu=Quimper&metier=boulanger"), "/annuaire")
    trader = ids(await get("/annuaire?besoin=website&lieu=Quimper&metier=libraire"), "/annuaire")
    assert baker.index("cma-29") < baker.index("cci-29")
    assert trader.index("cci-29") < trader.index("cma-29")


async def test_a_name_of_several_places_offers_them(get):
    page = await get("/annuaire?besoin=website&lieu=Saint-Denis")
    assert "Quel lieu voulez-vous dire" in page
    assert 'href="/annuaire?besoin=website&zone=COM-97411">Saint-Denis (974)</a>' in page
    assert ids(page, "/annuaire") == []


async def test_an_unknown_place_is_told_at_its_field(get):
    page = await get("/annuaire?lieu=Trifouillis")
    assert "Le lieu « Trifouillis » n’est pas connu." in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="aide-lieu erreur-lieu"' in page


async def test_without_a_need_everything_of_a_place_is_listed_the_nearest_first(get):
    page = await get("/annuaire?zone=DEP-29")
    assert ids(page, "/annuaire")[0].endswith("-29")
    assert 'rel="next" href="/annuaire?zone=DEP-29&page=2"' in page
    assert ids(await get("/annuaire?zone=DEP-29&page=2"), "/annuaire") != ids(page, "/annuaire")


async def test_every_body_is_on_one_of_the_pages(get, desk):
    found = []
    for number in range(1, 60):
        page = await get(f"/annuaire?page={number}")
        found += ids(page, "/annuaire")
        if 'rel="next"' not in page:
            break
    assert sorted(found) == sorted(desk.survey().bodies)


async def test_nothing_found_says_what_to_widen(get):
    page = await get("/aides?besoin=shared_cdo&zone=DEP-975&metier=fleuriste")
    assert "Aucune aide" in page
    for words in ("tous les métiers", "tous les besoins", "toute la France", "les aides terminées aussi"):
        assert f">{words}</a>" in page


async def test_ended_schemes_are_shown_on_demand_only_and_marked(get):
    page = await get("/aides?besoin=grants&zone=DEP-974")
    assert ">Terminé<" not in page
    asked = re.search(r'href="(/aides[^"]*terminees=1[^"]*)">Montrer aussi (\d+) aide', page)
    pages = [await get(asked[1]), await get(f"{asked[1]}&page=2"), await get(f"{asked[1]}&page=3")]
    assert sum(each.count(">Terminé<") for each in pages) == int(asked[2])


async def test_ended_schemes_are_left_out_without_a_need_too(get):
    every = [await get(f"/aides?page={number}") for number in range(1, 13)]
    assert ">Terminé<" not in "".join(every)
    with_ended = [await get(f"/aides?terminees=1&page={number}") for number in range(1, 14)]
    assert "".join(with_ended).count(">Terminé<") == 19


async def test_a_body_has_its_page(get):
    page = await get("/annuaire/cci-29")
    for words in (
        "02 98 98 29 29",
        "tel:0298982929",
        "À confirmer",
        "vu en octobre 2019",
        "Finistère (29)",
        "commerçants et PME",
    ):
        assert words in page
    assert 'href="/annuaire?besoin=website&zone=DEP-29"' in page
    assert '<link rel="canonical" href="http://portail.test/annuaire/cci-29">' in page


async def test_a_number_to_be_confirmed_is_not_told_to_search_engines(get):
    data = re.search(r"<script type=\"application/ld\+json\">(.*?)</script>", await get("/annuaire/cci-29"))[
        1
    ]
    assert '"name": "CCI métropolitaine Bretagne Ouest' in data
    assert "telephone" not in data


async def test_a_scheme_has_its_page(get):
    page = await get("/aides/idf-cheque-investissement-cyber")
    for words in (
        "Ouverture à confirmer", "subvention", "Région Île-de-France (finance)",
        "Effectif demandé : de 1 à 249 salariés",
        "Siège ou établissement en Île-de-France", "Déposer sur la plateforme", "Cumul possible avec",
        "fiche relue le 22 novembre 2026",
    ):  # fmt: skip
        assert words in page, words


async def test_a_rate_gives_examples(get):
    page = await get("/aides/reunion-kap-numerik")
    assert "5 000 €" in page


async def test_an_ended_scheme_names_what_took_its_place(get, desk):
    ended = [
        sheet
        for sheet in map(desk.scheme, desk.survey().schemes)
        if sheet.funding.status == "ended" and sheet.replaced_by
    ]
    assert ended
    page = await get(f"/aides/{ended[0].funding.id}")
    assert f'href="/aides/{ended[0].replaced_by.id}"' in page
    assert "Comment demander" not in page


@pytest.mark.parametrize(
    "path", ["/annuaire/fermee-depuis", "/aides/supprimee", "/annuaire/a%2Fb", "/nulle-part"]
)
async def test_what_is_not_there_says_so_in_french_with_a_way_on(get, path):
    page = await get(path, 404)
    assert "introuvable" in page
    assert 'href="/annuaire"' in page


async def test_a_body_that_editors_keep_back_has_no_page(get, desk):
    assert "Organisme introuvable" in await get("/annuaire/hauts-de-france-numero-unique", 404)


async def test_every_record_has_a_page(get, desk):
    survey = desk.survey()
    for body in survey.bodies[::9]:
        await get(f"/annuaire/{body}")
    for scheme in survey.schemes[::3]:
        await get(f"/aides/{scheme}")


@pytest.mark.parametrize("need", [None, *Need])
async def test_the_map_leads_to_every_departement(get, need):
    page = await get(f"/carte?besoin={need}" if need else "/carte")
    drawing, _, listed = page.partition("</svg>\n  <section")
    for code in ("01", "2A", "75", "971", "976", "975", "988"):
        assert f'zone=DEP-{code}"' in listed
        assert re.search(rf'<a href="[^"]*zone=DEP-{code}"><title>[^<]+ : \d+ organismes?</title>', drawing)


async def test_the_map_counts_what_the_directory_lists(get, desk):
    count = desk.atlas(Need.CUSTOMS_VAT).counts["29"]
    matches = desk._knowledge.contacts("customs_vat", desk.searches.place("DEP-29"))
    assert count == sum(match.level != "national" for match in matches)


async def test_words_of_the_address_are_never_markup(client):
    answer = await client.get("/annuaire", params={"lieu": "<img src=x>", "metier": '"><b>x'}, headers=HTML)
    assert "&lt;img src=x&gt;" in answer.text
    assert "<img" not in answer.text
    assert "<b>x" not in answer.text
