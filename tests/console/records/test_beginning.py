"""New records in the console: the form, what is told, who goes on with it."""

import pytest

from console.viewers import Role
from tests.console.records.sending import fields_of

NEW = "/fiches/nouvelle/organismes"
BODY = {
    "id": "cma-29",
    "name": "CMA du Finistère",
    "kind": "cma",
    "services": "Conseille les artisans sur leurs projets.",
    "cost": "free",
    "needs": ["website", ""],
    "audience": "artisans",
    "level": "departement",
    "territory": "29",
    "confidence": "memory",
}


async def sent(client, address=NEW, **changes):
    """Send the form of a new record filled in so; return the answer."""
    fields = fields_of((await client.get(address)).text, NEW) | BODY | changes
    return await client.post(NEW, data=fields)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("place", ["organismes", "aides"])
async def test_everybody_may_begin_a_record_with_the_help_of_its_fields(visitor, role, place):
    page = (await visitor(role).get(f"/fiches/nouvelle/{place}")).text
    assert "Il ne change plus une fois la fiche publiée." in page
    assert "(obligatoire)" in page
    listed = (await visitor(role).get(f"/fiches?type={place}")).text
    assert f"/fiches/nouvelle/{place}" in listed


async def test_an_advisor_proposes_a_body_and_a_reviewer_publishes_it(visitor):
    advisor, reviewer = visitor(Role.ADVISOR), visitor(Role.REVIEWER)
    change = (await sent(advisor, note="Elle manque.")).headers["location"]
    page = (await advisor.get(change)).text
    assert "Vérifier la nouvelle fiche : CMA du Finistère" in page
    assert "<ins>artisans</ins>" in page
    assert "Une seconde personne doit relire cette fiche" in page
    assert (await advisor.post(f"{change}/publier")).status_code == 409
    assert (await reviewer.get(change)).status_code == 404, "nobody reads a draft of another"
    await advisor.post(f"{change}/envoyer")
    assert "Nouvelle fiche" in (await reviewer.get("/fiches")).text
    published = await reviewer.post(f"{change}/publier")
    assert published.headers["location"] == "/fiches/organismes/cma-29"
    record = (await reviewer.get("/fiches/organismes/cma-29")).text
    assert "Conseille les artisans sur leurs projets." in record
    assert 'data-label="Quoi">Nouvelle fiche<' in record


async def test_what_is_wrong_is_told_and_nothing_typed_is_lost(visitor):
    client = visitor(Role.ADMINISTRATOR)
    taken = await sent(client, id="cci-29", hours="le matin")
    assert taken.status_code == 422
    assert "Une fiche a déjà l’identifiant «\u00a0cci-29\u00a0»" in taken.text
    assert 'value="le matin"' in taken.text
    spoilt = await sent(client, id="CMA 29", name="")
    assert "n’est pas un identifiant" in spoilt.text
    assert 'href="#id"' in spoilt.text
    assert 'href="#name"' in spoilt.text
    assert "Ce champ est obligatoire." in (await sent(client, id="")).text


async def test_an_advisor_proposes_no_scheme_of_others(visitor):
    advisor = visitor(Role.ADVISOR)
    scheme = fields_of((await advisor.get("/fiches/nouvelle/aides")).text, "/nouvelle/aides")
    scheme |= {
        "id": "pass-30",
        "titre": "Pass",
        "promesse": "Demandez un pass",
        "description": "Un pass.",
        "types_aides": ["grant"],
        "porteurs.0.nom": "Région Bretagne",
        "porteurs.0.roles": ["financeur"],
        "eligibilite_geographique": "DEP-29",
        "date_mise_a_jour": "2026-11-01",
        "needs": ["website"],
        "level": "region",
        "confidence": "memory",
        "status": "unknown",
    }
    refused = await advisor.post("/fiches/nouvelle/aides", data=scheme)
    assert refused.status_code == 422
    assert "Nommez votre organisme parmi ceux qui financent" in refused.text
    mine = scheme | {"porteurs.0.nom": "CCI du Finistère"}
    assert (await advisor.post("/fiches/nouvelle/aides", data=mine)).status_code == 303


async def test_a_draft_is_taken_up_again_also_under_another_id(visitor, book):
    advisor = visitor(Role.ADVISOR)
    change = (await sent(advisor)).headers["location"]
    again = f"{NEW}?brouillon={change.rsplit('/', 1)[1]}"
    assert again in (await advisor.get(change)).text
    assert 'value="CMA du Finistère"' in (await advisor.get(again)).text
    await sent(advisor, again, id="cma-du-29")
    page = (await advisor.get("/fiches")).text
    assert page.count("CMA du Finistère") == 1


@pytest.mark.parametrize("address", ["/fiches/nouvelle/autre", f"{NEW}?brouillon=999"])
async def test_what_is_not_there_is_not_there(visitor, address):
    assert (await visitor(Role.ADMINISTRATOR).get(address)).status_code == 404


async def test_nobody_takes_up_the_draft_of_another_nor_a_change_as_a_new_record(visitor, stranger):
    advisor = visitor(Role.ADVISOR)
    number = (await sent(advisor)).headers["location"].rsplit("/", 1)[1]
    assert (await stranger.get(f"{NEW}?brouillon={number}")).status_code == 404
    form = "/fiches/organismes/cci-29/modifier"
    fields = fields_of((await advisor.get(form)).text, form) | {"hours": ["le matin"]}
    edit = (await advisor.post(form, data=fields)).headers["location"].rsplit("/", 1)[1]
    assert (await advisor.get(f"{NEW}?brouillon={edit}")).status_code == 404


async def test_one_more_row_loses_nothing(visitor):
    client = visitor(Role.ADMINISTRATOR)
    typed = {"id": "x-1", "titre": "À revoir", "more": "porteurs"}
    answer = await client.post("/fiches/nouvelle/aides", data=typed)
    assert 'value="x-1"' in answer.text
    assert 'value="À revoir"' in answer.text
    assert 'name="porteurs.1.nom"' in answer.text
