"""The pages of records: who sees which, what is told, what is kept."""

import re

import pytest

from console.viewers import Role
from tests.console.records.sending import fields_of

FORM = "/fiches/organismes/cci-29/modifier"
HOSTILE = '"><script>alert(1)</script>'


async def changed(client, address=FORM, **changes):
    """Send the form of a record with these fields changed; return the answer."""
    sent = fields_of((await client.get(address)).text, address)
    sent |= {name: value if isinstance(value, list) else [value] for name, value in changes.items()}
    return await client.post(address, data=sent)


async def act(client, change, name, **data):
    return await client.post(f"{change}/{name}", data=data)


@pytest.fixture
def advisor(visitor):
    return visitor(Role.ADVISOR)


async def test_an_advisor_sees_the_records_they_keep(advisor):
    page = (await advisor.get("/fiches")).text
    assert "CCI du Finistère" in page
    assert "France Num" not in page
    assert "Vous ne tenez à jour aucune fiche" in (await advisor.get("/fiches?type=aides")).text


async def test_whoever_keeps_all_searches_without_case_or_accents(visitor):
    client = visitor(Role.ADMINISTRATOR)
    page = (await client.get("/fiches?q=CCI finistere")).text
    assert "CCI du Finistère" in page
    assert "France Num" not in page
    assert "Aucune fiche ne porte ce nom." in (await client.get("/fiches?q=zzz")).text
    assert "Pass numérique" in (await client.get("/fiches?type=aides&q=pass-29")).text


async def test_a_record_says_where_it_comes_from(advisor):
    page = (await advisor.get("/fiches/organismes/cci-29")).text
    assert "02 98 98 29 29" in page
    assert "Finistère (29)" in page
    assert "Contenu de Boussole PME" in page


@pytest.mark.parametrize(
    "path",
    [
        "/fiches/organismes/cci-29",
        FORM,
        "/fiches/aides/pass-29",
        "/fiches/organismes/nobody",
        "/fiches/autre/cci-29",
        "/fiches?type=autre",
    ],
)
async def test_what_is_not_theirs_is_not_there(stranger, path):
    assert (await stranger.get(path)).status_code == 404


async def test_nobody_of_another_body_touches_a_change(advisor, stranger, book):
    change = (await changed(advisor, services="Conseille les commerces.")).headers["location"]
    await act(advisor, change, "envoyer")
    assert (await stranger.get(change)).status_code == 404
    assert (await stranger.post(FORM, data={"phone": "3006"})).status_code == 404
    for name in ("envoyer", "publier", "refuser", "abandonner", "autre"):
        assert (await act(stranger, change, name, reason="non")).status_code == 404
    assert "services" not in (await stranger.get("/fiches")).text


async def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(advisor):
    answer = await changed(
        advisor, phone="douze", headcount_min="dix", area="DEP-29\r\nDEP-999", note="Changé de numéro."
    )
    assert answer.status_code == 422
    for kept in ('value="douze"', 'value="dix"', "DEP-999", "Changé de numéro."):
        assert kept in answer.text
    assert "douze\u00a0» n’est pas un numéro français" in answer.text
    assert 'href="#phone"' in answer.text
    assert re.search(r'id="phone"[^>]*aria-invalid="true"', answer.text)


async def test_a_record_that_says_the_same_is_not_kept(advisor):
    answer = await changed(advisor)
    assert answer.status_code == 422
    assert "La fiche dit déjà tout cela" in answer.text


async def test_a_body_publishes_its_own_number_and_the_history_says_so(advisor):
    saved = await changed(advisor, phone="02 98 00 38 00", note="Nouveau standard.")
    assert saved.status_code == 303
    change = saved.headers["location"]
    page = (await advisor.get(change)).text
    assert "<del>02 98 98 29 29</del>" in page
    assert "<ins>02 98 00 38 00</ins>" in page
    assert "Nouveau standard." in page
    assert (await act(advisor, change, "publier")).headers["location"] == "/fiches/organismes/cci-29"
    record = (await advisor.get("/fiches/organismes/cci-29")).text
    assert "02 98 00 38 00" in record
    assert "Dominique Advisor" in record
    assert "Fiches tenues dans la console" in record


async def test_what_decides_its_place_is_published_by_a_second_person(advisor, visitor):
    change = (await changed(advisor, needs=["website", "training", "loans"])).headers["location"]
    assert (await act(advisor, change, "publier")).status_code == 409
    await act(advisor, change, "envoyer")
    reviewer = visitor(Role.REVIEWER)
    assert "CCI du Finistère" in (await reviewer.get("/fiches")).text
    assert "Refuser" in (await reviewer.get(change)).text
    assert (await act(reviewer, change, "refuser", reason=" ")).status_code == 422
    assert (await act(reviewer, change, "publier")).status_code == 303
    assert "Prêts et garanties" in (await advisor.get("/fiches/organismes/cci-29")).text
    assert (await act(reviewer, change, "publier")).status_code == 409


async def test_a_refusal_is_told_with_its_reason(advisor, visitor):
    change = (await changed(advisor, general=[])).headers["location"]
    await act(advisor, change, "envoyer")
    await act(visitor(Role.REVIEWER), change, "refuser", reason="Vous recevez tout le monde.")
    assert "Vous recevez tout le monde." in (await advisor.get(change)).text


async def test_one_more_row_loses_nothing(visitor):
    client = visitor(Role.ADMINISTRATOR)
    address = "/fiches/aides/pass-29/modifier"
    answer = await changed(client, address, titre="Pass à revoir", more="porteurs")
    assert answer.status_code == 200
    assert 'value="Pass à revoir"' in answer.text
    assert 'name="porteurs.2.nom"' in answer.text


async def test_words_of_others_are_text_and_nothing_else(advisor, visitor):
    change = (await changed(advisor, services=HOSTILE + " Conseille.", note=HOSTILE)).headers["location"]
    await act(advisor, change, "envoyer")
    reviewer = visitor(Role.REVIEWER)
    pages = [await reviewer.get(change), await changed(advisor, phone=HOSTILE), await reviewer.get("/fiches")]
    await act(reviewer, change, "publier")
    pages += [await advisor.get("/fiches/organismes/cci-29"), await advisor.get(FORM)]
    pages.append(await advisor.get("/fiches", params={"q": HOSTILE}))
    for page in pages:
        assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in pages[0].text


async def test_a_draft_is_taken_up_again(advisor):
    change = (await changed(advisor, hours="le matin")).headers["location"]
    number = change.rsplit("/", 1)[1]
    assert 'value="le matin"' in (await advisor.get(f"{FORM}?brouillon={number}")).text
    await act(advisor, change, "abandonner")
    assert "le matin" not in (await advisor.get("/fiches/organismes/cci-29")).text
