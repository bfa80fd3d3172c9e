"""Records taken out and brought back in the console: who asks, who decides, what is shown meanwhile."""

import json

import pytest

from console.viewers import Role
from knowledge.editing.changes import Editor
from tests.console.records.test_pages import changed

RECORD = "/fiches/organismes/cci-29"
OUT = "/fiches/retirees/organismes/cci-29"
WHY = {"why": "La chambre a fermé."}


@pytest.fixture(autouse=True)
def unnamed(book):
    """No scheme names the body any more."""
    one, other = Editor("r1", "Claude", None), Editor("r2", "Camille", None)
    scheme = json.loads(book.desk.record(one, "scheme", "pass-29").json(exclude_none=True))
    change = book.desk.draft(one, "scheme", "pass-29", scheme | {"contacts": []})
    book.desk.send(one, change.id)
    book.desk.publish(other, change.id)


@pytest.fixture
def advisor(visitor):
    return visitor(Role.ADVISOR)


@pytest.fixture
def reviewer(visitor):
    return visitor(Role.REVIEWER)


async def decided(author, other, change):
    await author.post(f"{change}/envoyer")
    return await other.post(f"{change}/publier")


async def taken_out(advisor, reviewer):
    change = (await advisor.post(f"{RECORD}/retirer", data=WHY)).headers["location"]
    return await decided(advisor, reviewer, change)


async def test_a_record_is_taken_out_by_two_and_its_history_stays(advisor, reviewer):
    assert f"{RECORD}/retirer" in (await advisor.get(RECORD)).text
    change = (await advisor.post(f"{RECORD}/retirer", data=WHY)).headers["location"]
    page = (await advisor.get(change)).text
    assert "Vérifier le retrait" in page
    assert "La chambre a fermé." in page
    assert (await advisor.post(f"{change}/publier")).status_code == 409
    done = await decided(advisor, reviewer, change)
    assert done.headers["location"] == RECORD
    assert (await advisor.get(RECORD)).headers["location"] == OUT
    page = (await advisor.get(OUT)).text
    assert "L’assistant ne la montre plus" in page
    assert "02 98 98 29 29" in page
    assert 'data-label="Quoi">Retrait<' in page
    assert "CCI du Finistère" in (await advisor.get("/fiches/retirees")).text
    assert (await advisor.get(f"{RECORD}/modifier")).status_code == 404


async def test_it_is_brought_back_by_two(advisor, reviewer):
    await taken_out(advisor, reviewer)
    change = (await advisor.post(OUT, data={"why": "Elle a rouvert."})).headers["location"]
    assert "Vérifier la remise en service" in (await advisor.get(change)).text
    assert (await advisor.post(f"{change}/publier")).status_code == 409
    assert (await decided(advisor, reviewer, change)).headers["location"] == RECORD
    assert 'data-label="Quoi">Remise en service<' in (await advisor.get(RECORD)).text
    assert (await advisor.get(OUT)).status_code == 404
    assert "Aucune fiche n’est retirée." in (await advisor.get("/fiches/retirees")).text


async def test_both_want_a_reason(advisor, reviewer):
    asked = await advisor.post(f"{RECORD}/retirer", data={"why": " "})
    assert asked.status_code == 422
    assert "Dites en une phrase pourquoi." in asked.text
    await taken_out(advisor, reviewer)
    assert (await advisor.post(OUT, data={"why": ""})).status_code == 422


async def test_what_is_not_theirs_is_not_there(advisor, reviewer, stranger):
    assert (await stranger.get(f"{RECORD}/retirer")).status_code == 404
    assert (await stranger.post(f"{RECORD}/retirer", data=WHY)).status_code == 404
    await taken_out(advisor, reviewer)
    for answer in (await stranger.get(RECORD), await stranger.get(OUT), await stranger.post(OUT, data=WHY)):
        assert answer.status_code == 404
    assert "CCI du Finistère" not in (await stranger.get("/fiches/retirees")).text


async def test_another_site_takes_nothing_out(advisor):
    del advisor.headers["X-CSRF-Token"]
    assert (await advisor.post(f"{RECORD}/retirer", data=WHY)).status_code == 403


async def test_what_schemes_name_is_told_with_their_names(visitor, reviewer):
    administrator = visitor(Role.ADMINISTRATOR)
    change = (await administrator.post(f"{RECORD}/retirer", data=WHY)).headers["location"]
    await administrator.post(f"{change}/envoyer")
    await name_it(administrator, reviewer)
    told = await reviewer.post(f"{change}/publier")
    assert told.status_code == 409
    assert "pass-29" in told.text
    again = await administrator.post(f"{RECORD}/retirer", data=WHY)
    assert again.status_code == 422
    assert 'href="/fiches/aides/pass-29"' in again.text
    assert "La chambre a fermé." in again.text


async def name_it(author, other):
    """Let a scheme name the body."""
    change = (await changed(author, "/fiches/aides/pass-29/modifier", contacts="cci-29")).headers["location"]
    await decided(author, other, change)
