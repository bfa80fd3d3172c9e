from dataclasses import replace
from datetime import datetime, timezone

import pytest

from console.requests.troubles import advice_of
from conversations.channel_models import OutgoingMessageRow
from conversations.channel_views import Trouble
from conversations.interest_views import Wish
from conversations.transactions import Transactions

WISH = Wish(
    departement="29",
    place_level="commune",
    place_code="29232",
    place_name="Quimper",
    skills=("website",),
    days=2,
    email="a@atelier.example",
    consent="oui",
    trade="<b>bijoutier</b>",
)


@pytest.fixture
def group(office):
    for number in range(3):
        office.interests.register(f"c{number}", replace(WISH, email=f"{number}@atelier.example"))
    (made,) = office.advising.groups.all(None)
    return made


async def test_a_group_is_listed_followed_and_written_about(office, anne, group):
    assert "Finistère" in (await anne.get("/demandes/groupes")).text
    form = {"text": "Appelé les trois <i>firmes</i>", "etat": "taken"}
    assert (await anne.post(f"/demandes/groupes/{group.id}", data=form)).status_code == 303
    page = (await anne.get(f"/demandes/groupes/{group.id}")).text
    for part in (
        "Suivi",
        "0@atelier.example",
        "Site ou boutique en ligne",
        "Appelé les trois &lt;i&gt;",
        "&lt;b&gt;",
    ):
        assert part in page
    office.interests.register("c9", replace(WISH, email="9@atelier.example"))
    assert len(office.advising.groups.all(None)[0].members) == 3, "who follows a group has closed it"


async def test_a_group_of_another_departement_is_not_there(office, sessions, anne, group):
    known = sessions.known["advisor"]
    sessions.known["advisor"] = replace(known, scope=replace(known.scope, departments=frozenset({"35"})))
    assert (await anne.get(f"/demandes/groupes/{group.id}")).status_code == 404
    assert (await anne.post(f"/demandes/groupes/{group.id}", data={"text": "x"})).status_code == 404
    assert "Finistère" not in (await anne.get("/demandes/groupes")).text
    sessions.known["advisor"] = replace(
        known, scope=replace(known.scope, departments=frozenset(), regions=frozenset({"53"}))
    )
    assert (await anne.get(f"/demandes/groupes/{group.id}")).status_code == 200


async def test_a_state_that_is_none_is_refused_and_a_group_that_fell_apart_is_gone(office, anne, group):
    assert (await anne.post(f"/demandes/groupes/{group.id}", data={"etat": "x"})).status_code == 422
    await anne.post(f"/demandes/groupes/{group.id}", data={"text": "note"})
    office.interests.withdraw("c0")
    assert (await anne.get(f"/demandes/groupes/{group.id}")).status_code == 404


NOW = datetime(2026, 3, 3, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("state", "error", "advice"),
    [
        ("undeliverable", "more than 24 h since the owner's last message", "window"),
        ("failed", "the address was sealed with another secret", "secret"),
        ("failed", "HTTP 401, code 190", "access"),
        ("failed", "HTTP 503, code None", "away"),
        ("failed", "ConnectError", "away"),
        ("failed", "HTTP 400, code 131026", "other"),
        ("failed", None, "other"),
    ],
)
def test_each_trouble_has_its_advice(state, error, advice):
    assert advice_of(Trouble("c1", "whatsapp", state, 3, error, NOW)) == advice


async def test_troubles_are_listed_with_what_to_do(office, admin):
    _, conversation = office.asked()
    with Transactions(office.record).write() as session:
        session.add(
            OutgoingMessageRow(
                conversation_id=conversation.id,
                channel="whatsapp",
                name="n1",
                state="undeliverable",
                attempts=1,
                next_at=NOW,
                created_at=NOW,
                finished_at=NOW,
                error="outside <window>",
            )
        )
    page = (await admin.get("/demandes/envois")).text
    assert "Plus de 24 heures sans message" in page
    assert "outside &lt;window&gt;" in page
