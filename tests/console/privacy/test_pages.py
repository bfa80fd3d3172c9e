import html
import re
from datetime import timedelta

import pytest

from console.viewers import Role
from conversations.reading_log import CONVERSATION, LIST, REQUEST, SEARCH

PAGES = ("", "/lectures", "/accords", "/effacement")


async def read(client, path, status=200):
    answer = await client.get(f"/confidentialite{path}")
    assert answer.status_code == status
    words = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.REVIEWER])
async def test_the_pages_are_for_administrators(visitor, role, page):
    assert (await visitor(role).get(f"/confidentialite{page}")).status_code == 403


async def test_what_is_kept_and_what_went_is_shown(visitor, purged, made):
    page = await read(visitor(Role.ADMINISTRATOR), "")
    assert "Conversations 90 jours 0" in page
    assert "Demandes de conseil 365 jours 0 4 mars 2025" in page
    assert "complet" in page


async def test_who_read_what_is_listed_and_filtered(visitor, privacy, made):
    privacy.reads.record_read("anne", CONVERSATION, made.conversation_id, "Relecture")
    privacy.reads.record_read("account-administrator", REQUEST, made.id, "Suivi d’une demande")
    privacy.reads.record_read("gone", CONVERSATION, "another", "Relecture")
    client = visitor(Role.ADMINISTRATOR)
    page = await read(client, "/lectures")
    assert page.index("compte fermé") < page.index("Suivi d’une demande")
    of_anne = await read(client, "/lectures?compte=anne")
    assert made.conversation_id in of_anne
    assert "another" not in of_anne
    for subject in (made.reference, made.reference.lower().replace("-", " ")):
        about = await read(client, f"/lectures?chose={subject}")
        assert made.conversation_id in about
        assert made.id in about
        assert "another" not in about
    assert "Aucune lecture trouvée" in await read(client, "/lectures?chose=unknown")


async def test_what_lists_showed_stands_among_the_reads(visitor, privacy, made):
    privacy.reads.record_list(
        "anne", LIST, "besoin=website", [made.conversation_id, "another"], "Lecture des conversations"
    )
    privacy.reads.record_list("anne", SEARCH, "", ["another"], "Lecture des conversations")
    page = await read(visitor(Role.ADMINISTRATOR), "/lectures")
    assert "Liste de conversations : 2 extraits besoin=website" in page
    assert "Recherche dans les conversations : 1 extrait Lecture" in page
    about = await read(visitor(Role.ADMINISTRATOR), f"/lectures?chose={made.reference}")
    assert "2 extraits" in about
    assert "1 extrait " not in about


async def test_reads_are_paged(visitor, privacy):
    for number in range(55):
        privacy.reads.record_read("anne", CONVERSATION, f"c{number}", "Relecture")
    client = visitor(Role.ADMINISTRATOR)
    first = (await client.get("/confidentialite/lectures")).text
    assert "<code>c5</code>" in first
    assert "<code>c4</code>" not in first
    further = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = (await client.get(further)).text
    assert "<code>c4</code>" in second
    assert "<code>c5</code>" not in second
    assert 'rel="next"' not in second


async def test_what_owners_agreed_to_is_listed(visitor, made):
    page = await read(visitor(Role.ADMINISTRATOR), "/accords")
    assert made.reference in page
    assert re.sub(r"\s+", " ", made.consent) in page


async def test_what_an_owner_agreed_to_reaches_the_page_as_text(visitor, record, made):
    with record.begin() as connection:
        connection.exec_driver_sql("UPDATE requests SET consent = '<script>alert(1)</script>'")
    page = (await visitor(Role.ADMINISTRATOR).get("/confidentialite/accords")).text
    assert "<script>alert" not in page


async def test_an_erasure_by_reference_asks_twice_then_erases_all(visitor, log, privacy, made):
    client = visitor(Role.ADMINISTRATOR)
    privacy.reads.record_read("anne", CONVERSATION, made.conversation_id, "Relecture")
    page = await read(client, f"/effacement?reference={made.reference.lower()}")
    assert "Messages 2 Demandes de conseil 1 Inscriptions 0" in page
    once = await client.post("/confidentialite/effacement", data={"reference": made.reference})
    assert once.status_code == 303
    assert once.headers["location"] == f"/confidentialite/effacement?reference={made.reference}"
    assert log.by_id(made.conversation_id)

    form = {"reference": made.reference, "confirmation": made.reference}
    done = await client.post("/confidentialite/effacement", data=form)
    assert done.status_code == 200
    assert "plus rien" in done.text
    assert privacy.consents.listed() == []
    assert "effacée" in await read(client, "/lectures")
    assert made.conversation_id not in await read(client, "/lectures")
    again = await client.post("/confidentialite/effacement", data=form)
    assert again.status_code == 404


async def test_a_request_that_outlives_its_conversation_can_be_erased(visitor, log, clock, privacy, made):
    clock.now += timedelta(days=91)
    privacy.purge.round(lambda _: None)
    client = visitor(Role.ADMINISTRATOR)
    assert "a déjà dépassé sa durée" in await read(client, f"/effacement?reference={made.reference}")
    form = {"reference": made.reference, "confirmation": made.reference}
    assert "plus rien" in (await client.post("/confidentialite/effacement", data=form)).text


async def test_an_unknown_reference_is_said(visitor):
    client = visitor(Role.ADMINISTRATOR)
    for reference in ("BP-2222-22", "n’importe quoi"):
        assert "Aucune demande n’a cette référence" in await read(
            client, f"/effacement?reference={reference}", 404
        )


async def test_another_site_cannot_erase(visitor, made):
    client = visitor(Role.ADMINISTRATOR)
    del client.headers["X-CSRF-Token"]
    form = {"reference": made.reference, "confirmation": made.reference}
    assert (await client.post("/confidentialite/effacement", data=form)).status_code == 403


@pytest.mark.parametrize("query", ["/lectures?avant=0", "/lectures?avant=x", "/accords?avant=hier"])
async def test_a_spoilt_address_is_told_so(visitor, query):
    answer = await visitor(Role.ADMINISTRATOR).get(f"/confidentialite{query}")
    assert answer.status_code in (404, 422)
