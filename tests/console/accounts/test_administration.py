"""What administrators do with accounts, and nobody else."""

import re

import pytest
from sqlalchemy import select

from console.accounts.bootstrap import open_accounts
from console.services import Services
from console.viewers import Role, Scope
from conversations.request_models import OutboxRow
from tests.console.accounts.conftest import CHOICES, GROUND, PASSWORD
from tests.console.accounts.walks import EMAIL, hidden, post, set_up, sign_in

ASKED = {
    "email": "jean@example.org",
    "name": "Jean  Kerouac",
    "role": "advisor",
    "bodies": ["cci-29", "", ""],
    "departments": ["29"],
    "regions": ["53"],
}


@pytest.fixture
async def boss(joined, visitor, clock):
    joined("chef@example.org", Role.ADMINISTRATOR, "Claude")
    client = visitor()
    await sign_in(client, "chef@example.org")
    await set_up(client, clock.now)
    return client


def mails(record):
    table = OutboxRow.__table__
    with record.connect() as connection:
        return connection.execute(select(table.c.recipient, table.c.body, table.c.kind)).all()


async def test_somebody_is_invited_by_e_mail_and_comes(desk, record, boss, visitor):
    made = await post(boss, "/comptes/nouveau", "/comptes", **ASKED)
    assert made.headers["location"].endswith("?fait=invited")
    account = desk.register.find("jean@example.org")
    assert account.name == "Jean Kerouac"
    assert account.scope == Scope(frozenset({"cci-29"}), frozenset({"29"}), frozenset({"53"}))
    ((recipient, body, kind),) = mails(record)
    assert (recipient, kind) == ("jean@example.org", "account")
    token = re.search(r"https://console\.test/lien/(\S+)", body)[1]

    guest = visitor()
    await guest.get(f"/lien/{token}")
    await post(guest, "/lien", password=PASSWORD, again=PASSWORD)
    assert (await sign_in(guest, "jean@example.org")).status_code == 303
    own = await guest.get("/mon-compte")
    assert "CCI du Finistère" in own.text
    assert "Bretagne" in own.text


async def test_without_a_mail_server_the_link_is_shown_once(
    record, clock, quick, joined, visitor, monkeypatch
):
    desk = open_accounts(record, clock, type(CHOICES)(secret=CHOICES.secret), quick, GROUND)
    account = desk.register.create("jean@example.org", "Jean", Role.ADVISOR)
    token = desk.post.send_link(account, None)
    assert desk.links.account(token).email == "jean@example.org"
    assert mails(record) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "no address"}, "n’est pas complète"),
        ({"email": "chef@example.org"}, "a déjà cette adresse"),
        ({"name": "  "}, "Donnez un nom"),
        ({"role": "emperor"}, "Choisissez un rôle"),
        ({"bodies": ["cci-99"]}, "n’est pas connu"),
    ],
)
async def test_a_wrong_field_is_told_and_nothing_typed_is_lost(desk, boss, wrong, said):
    answer = await post(boss, "/comptes/nouveau", "/comptes", **(ASKED | wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert len(desk.register.all()) == 1
    for kept in ({**ASKED, **wrong}["email"], 'value="29" checked'):
        assert kept in answer.text


async def test_territories_that_there_are_not_are_left_out(desk, boss):
    await post(boss, "/comptes/nouveau", "/comptes", **(ASKED | {"departments": ["29", "99"]}))
    assert desk.register.find("jean@example.org").scope.departments == {"29"}


async def test_rights_are_changed_and_said_in_the_history(desk, boss, joined):
    anne = joined()
    page = f"/comptes/{anne.id}"
    assert (await post(boss, page, name="Anne", role="reviewer", bodies=["cma-29"])).status_code == 303
    assert desk.register.account(anne.id).role is Role.REVIEWER
    shown = await boss.get(page)
    assert "Conseiller → Relecteur" in shown.text
    assert "aucun → cma-29" in shown.text
    assert "Claude" in shown.text


async def test_an_account_is_closed_and_opened_again(desk, boss, joined, visitor):
    anne, client = joined(), visitor()
    await sign_in(client)
    await post(boss, f"/comptes/{anne.id}", f"/comptes/{anne.id}/fermeture")
    assert (await client.get("/")).status_code == 303
    assert (await post(boss, f"/comptes/{anne.id}", f"/comptes/{anne.id}/lien")).status_code == 404
    await post(boss, f"/comptes/{anne.id}", f"/comptes/{anne.id}/ouverture")
    assert (await client.get("/")).status_code == 303  # the session from before is gone
    assert (await sign_in(client)).status_code == 303


async def test_the_last_administrator_stays_one(desk, boss):
    me = desk.register.find("chef@example.org")
    assert (await post(boss, f"/comptes/{me.id}", f"/comptes/{me.id}/fermeture")).status_code == 409
    refused = await post(boss, f"/comptes/{me.id}", name="Claude", role="advisor")
    assert refused.status_code == 422
    assert "le dernier qui peut donner des droits" in refused.text


async def test_a_session_is_ended_and_that_is_kept(desk, boss, joined, visitor):
    anne, client = joined(), visitor()
    await sign_in(client)
    (session,) = desk.sessions.of(anne.id)
    await post(boss, f"/comptes/{anne.id}", f"/comptes/{anne.id}/sessions/{session.id}")
    assert (await client.get("/")).status_code == 303
    assert desk.audit.of(anne.id)[0].what == "revoked"
    me = desk.register.find("chef@example.org")
    wrong = f"/comptes/{anne.id}/sessions/{desk.sessions.of(me.id)[0].id}"
    assert (await post(boss, f"/comptes/{anne.id}", wrong)).status_code == 404


async def test_a_lost_second_factor_is_taken_away_and_set_up_anew(boss, joined, visitor, clock):
    rene, client = joined("rene@example.org", Role.REVIEWER), visitor()
    await sign_in(client, "rene@example.org")
    key, codes = await set_up(client, clock.now)
    await post(boss, f"/comptes/{rene.id}", f"/comptes/{rene.id}/second-facteur")
    assert (await client.get("/")).status_code == 303
    await sign_in(client, "rene@example.org")
    fresh, others = await set_up(client, clock.now)
    assert fresh != key
    assert set(others).isdisjoint(codes)


async def test_an_account_that_there_is_not_is_not_found(boss):
    form = await boss.get("/comptes/nouveau")
    for path in ("", "/lien", "/fermeture", "/ouverture", "/second-facteur", "/sessions/1"):
        answer = await boss.post(f"/comptes/{'0' * 32}{path}", data={"csrf": hidden(form), "name": "x"})
        assert answer.status_code == 404
    assert (await boss.get(f"/comptes/{'0' * 32}")).status_code == 404


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.REVIEWER])
async def test_accounts_are_for_administrators_only(desk, joined, visitor, clock, role):
    anne = joined(role=role)
    client = visitor()
    await sign_in(client)
    if role is Role.REVIEWER:
        await set_up(client, clock.now)
    own = await client.get("/mon-compte")
    assert own.status_code == 200
    for path in ("/comptes", "/comptes/nouveau", f"/comptes/{anne.id}"):
        assert (await client.get(path)).status_code == 403
    fields = {"csrf": hidden(own), "name": "Anne", "role": "administrator"}
    assert (await client.post(f"/comptes/{anne.id}", data=fields)).status_code == 403
    assert desk.register.account(anne.id).role is role


async def test_a_name_is_no_markup(boss, desk):
    await post(boss, "/comptes/nouveau", "/comptes", **(ASKED | {"name": "<img src=x onerror=alert(1)>"}))
    assert "<img src=x" not in (await boss.get("/comptes")).text


async def test_a_reset_link_leaves_the_second_factor_alone(desk, record, boss, joined, visitor, clock):
    joined("rene@example.org", Role.REVIEWER)
    client = visitor()
    await sign_in(client, "rene@example.org")
    await set_up(client, clock.now)
    asked = await post(visitor(), "/mot-de-passe-oublie", email="rene@example.org")
    assert asked.status_code == 303
    body = mails(record)[-1].body
    token = re.search(r"/lien/(\S+)", body)[1]
    other = visitor()
    await other.get(f"/lien/{token}")
    await post(other, "/lien", password="tout nouveau mot de passe", again="tout nouveau mot de passe")
    assert (await client.get("/")).status_code == 303
    half = await sign_in(other, "rene@example.org", "tout nouveau mot de passe")
    assert half.headers["location"].endswith("/second-facteur")


@pytest.mark.parametrize(
    "email", ["nobody@example.org", "no address", "invited@example.org", "closed@example.org"]
)
async def test_who_has_no_open_account_gets_no_link_and_hears_the_same(desk, record, joined, visitor, email):
    joined()
    desk.register.create("invited@example.org", "Never came", Role.ADVISOR)
    desk.register.disable(joined("closed@example.org").id)
    answer = await post(visitor(), "/mot-de-passe-oublie", email=email)
    known = await post(visitor(), "/mot-de-passe-oublie", email=EMAIL)
    assert (answer.status_code, answer.headers["location"]) == (known.status_code, known.headers["location"])
    assert [each.recipient for each in mails(record)] == [EMAIL]


async def test_a_mailbox_is_not_to_be_flooded(record, joined, visitor):
    joined()
    for _ in range(10):
        await post(visitor(), "/mot-de-passe-oublie", email=EMAIL)
    assert len(mails(record)) == 3


def test_services_without_an_address_send_no_mail(record, clock, quick):
    desk = open_accounts(record, clock, type(CHOICES)(secret="s", mails=True), quick)
    assert not desk.post.mails
    assert Services(sessions=desk.sessions, accounts=desk).accounts is desk
