import re

import pytest

from console.viewers import Role
from tests.conversations.advisors import ALL
from tests.conversations.test_requests import NEW

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|&nbsp;", " ", answer.text))


async def done(client, reference, act, **form):
    answer = await client.post(f"/demandes/{reference}/{act}", data=form)
    assert answer.status_code == 303, answer.text
    return answer


async def test_the_inbox_lists_what_waits_with_its_age_and_filters_stand_in_the_address(office, anne):
    site, _ = office.asked()
    loan, _ = office.asked(
        need="loans", place={"level": "departement", "code": "35", "name": "Ille-et-Vilaine"}
    )
    page = await anne.get("/demandes")
    assert page.status_code == 200
    assert {site.reference, loan.reference} <= set(re.findall(r"BP-\w{4}-\d\d", page.text))
    assert "Nouvelles" in page.text
    narrowed = await anne.get("/demandes", params={"besoin": "loans", "departement": "35"})
    assert loan.reference in narrowed.text
    assert site.reference not in narrowed.text
    assert 'value="loans" selected' in narrowed.text
    assert (await anne.get("/demandes", params={"boite": "x"})).status_code == 404
    assert (await anne.get("/demandes", params={"apres": "x~y"})).status_code == 404


async def test_from_new_to_done_each_step_is_written_down(office, anne):
    made, _ = office.asked()
    assert "Prendre la demande" in (await anne.get(f"/demandes/{made.reference}")).text
    await done(anne, made.reference, "prendre")
    assert made.reference in (await anne.get("/demandes?boite=miennes")).text
    await done(anne, made.reference, "note", text="Rappeler mardi")
    await done(anne, made.reference, "repondre", voie="mail", text="Je vous appelle demain.")
    await done(anne, made.reference, "statut", statut="done")
    page = text_of(await anne.get(f"/demandes/{made.reference}"))
    for part in (
        "Anne Kerbrat a pris la demande",
        "Rappeler mardi",
        "a répondu par e-mail",
        "en attente d’envoi",
        "a changé l’état : Terminée",
        "Le demandeur est interrogé",
    ):
        assert part in page
    assert made.reference in (await anne.get("/demandes?boite=terminees")).text


async def test_who_comes_second_is_told_who_has_it(office, anne, admin, network):
    made, _ = office.asked(recipient=network)
    await done(admin, made.reference, "prendre")
    answer = await anne.post(f"/demandes/{made.reference}/prendre")
    assert answer.status_code == 409
    assert "Dominique Administrator" in answer.text


PLACES = ["", "/prendre", "/rendre", "/note", "/repondre", "/statut", "/transmettre"]


@pytest.mark.parametrize("place", PLACES)
async def test_a_request_of_another_body_is_not_there(office, zoe, place):
    made, conversation = office.asked()
    form = {"text": "vu", "voie": "mail", "statut": "done", "organisme": "cma-essai", "accord": "true"}
    if place:
        answer = await zoe.post(f"/demandes/{made.reference}{place}", data=form)
    else:
        answer = await zoe.get(f"/demandes/{made.reference}")
    assert answer.status_code == 404
    assert NEW.name not in answer.text
    assert made.reference not in (await zoe.get("/demandes?boite=toutes")).text
    assert office.advising.handling.events(ALL, made.reference) == []


async def test_a_conversation_of_another_body_is_not_there_and_cannot_be_taken(office, zoe):
    _, conversation = office.asked()
    assert (await zoe.get(f"/demandes/conversation/{conversation.id}")).status_code == 404
    assert (await zoe.get(f"/demandes/conversation/{conversation.id}/suite")).status_code == 404
    for act in ("prendre", "ecrire", "rester", "rendre"):
        answer = await zoe.post(f"/demandes/conversation/{conversation.id}/{act}", data={"text": "x"})
        assert answer.status_code == 404
    assert office.advising.holds.of(conversation.id) is None


async def test_reviewers_and_troubles_have_their_roles(office, visitor, anne):
    reviewer = visitor(Role.REVIEWER)
    for path in ("/demandes", "/demandes/groupes", "/demandes/envois"):
        assert (await reviewer.get(path)).status_code == 403
    assert (await anne.get("/demandes/envois")).status_code == 403


async def test_what_an_owner_wrote_is_text_everywhere(office, anne):
    made, conversation = office.asked(
        summary=HOSTILE, name=HOSTILE, moment=HOSTILE, consent=HOSTILE, said=HOSTILE
    )
    await done(anne, made.reference, "prendre")
    await done(anne, made.reference, "note", text=HOSTILE)
    for path in (
        "",
        f"/{made.reference}",
        f"/conversation/{conversation.id}",
        f"/conversation/{conversation.id}/suite",
    ):
        page = (await anne.get(f"/demandes{path}")).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


async def test_handing_on_needs_the_owners_word(office, anne, zoe):
    made, _ = office.asked()
    await done(anne, made.reference, "prendre")
    refused = await anne.post(f"/demandes/{made.reference}/transmettre", data={"organisme": "cma-essai"})
    assert refused.status_code == 409
    assert "Le demandeur n’a pas donné son accord" in refused.text
    answer = await done(
        anne,
        made.reference,
        "transmettre",
        organisme="cma-essai",
        accord="true",
        text="D’accord au téléphone",
    )
    assert answer.headers["location"] == "/demandes"
    assert (await anne.get(f"/demandes/{made.reference}")).status_code == 404
    assert NEW.name in (await zoe.get(f"/demandes/{made.reference}")).text
    unknown = await zoe.post(f"/demandes/{made.reference}/transmettre", data={"autre": "nulle-part"})
    assert unknown.status_code == 422


async def test_new_requests_for_the_network_are_routed_when_somebody_looks(office, anne, zoe, network):
    made, _ = office.asked(recipient=network, place=None)
    assert made.reference in (await anne.get("/demandes")).text
    assert made.reference not in (await zoe.get("/demandes")).text


@pytest.mark.parametrize(
    ("act", "form"),
    [("note", {}), ("repondre", {"voie": "pigeon", "text": "x"}), ("repondre", {"voie": "mail"})],
)
async def test_what_is_incomplete_changes_nothing(office, anne, act, form):
    made, _ = office.asked()
    await done(anne, made.reference, "prendre")
    assert (await anne.post(f"/demandes/{made.reference}/{act}", data=form)).status_code == 422
    assert (await anne.post(f"/demandes/{made.reference}/inconnu", data=form)).status_code == 404


async def test_an_advisor_reads_a_conversation_that_its_owner_shares(office, anne, admin):
    kept, private = office.asked(shared=False)
    made, shared = office.asked(need="loans")
    refused = await anne.get(f"/demandes/conversation/{private.id}")
    assert refused.status_code == 403
    assert "refaire mon site" not in refused.text
    assert "refaire mon site" in (await anne.get(f"/demandes/conversation/{shared.id}")).text
    assert "refaire mon site" in (await admin.get(f"/demandes/conversation/{private.id}")).text
    assert "non partagée" in (await anne.get(f"/demandes/{kept.reference}")).text
    assert (await admin.get("/demandes/conversation/nulle-part")).status_code == 404


async def test_an_advisor_takes_a_conversation_over_writes_and_gives_it_back(office, anne, admin):
    _, conversation = office.asked()
    live = f"/demandes/conversation/{conversation.id}"
    for act, form in (("prendre", {}), ("ecrire", {"text": "Bonjour, je suis là."}), ("rester", {})):
        assert (await anne.post(f"{live}/{act}", data=form)).status_code == 303
    assert "Vous répondez au demandeur" in (await anne.get(live)).text
    assert "Anne Kerbrat" in text_of(await admin.get(live))
    assert (await admin.post(f"{live}/prendre")).status_code == 409
    last = office.log.transcript(conversation)[-1]
    assert last.custom == {"type": "advisor", "name": "Anne Kerbrat", "body": "CCI d'essai"}
    news = await anne.get(f"{live}/suite", params={"after": last.id - 1})
    assert "Bonjour, je suis là." in news.text
    assert (await anne.get(f"{live}/suite", params={"after": last.id})).status_code == 204
    assert (await anne.post(f"{live}/rendre")).status_code == 303
    assert (await anne.post(f"{live}/ecrire", data={"text": "encore"})).status_code == 409


async def test_an_erasure_meanwhile_is_said(office, anne):
    _, conversation = office.asked()
    live = f"/demandes/conversation/{conversation.id}"
    await anne.post(f"{live}/prendre")
    office.log.delete(conversation)
    news = await anne.get(f"{live}/suite", headers={"X-Fragment": "1"})
    assert news.status_code == 404
    assert "effacée" in news.text


async def test_who_reads_what_is_written_down(office, anne, zoe):
    made, conversation = office.asked()
    await anne.get(f"/demandes/{made.reference}")
    await anne.get(f"/demandes/conversation/{conversation.id}")
    await zoe.get(f"/demandes/{made.reference}")
    read = [(each.what, each.subject_id) for each in office.book.reads.listed()]
    assert read == [("conversation", conversation.id), ("request", made.id)]
