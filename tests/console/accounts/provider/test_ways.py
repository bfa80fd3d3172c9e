"""The way to the provider and back, taken by those who may and by others."""

import logging
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from console.access import COOKIE
from console.accounts.bootstrap import open_accounts
from console.viewers import Role
from tests.console.accounts.conftest import CHOICES
from tests.console.accounts.provider.ways import RETURN, come, way_back
from tests.console.accounts.walks import CODE_PAGE, EMAIL, hidden, set_up
from tests.console.conftest import BASE


async def test_who_was_invited_is_let_in(desk, anne, visitor):
    client = visitor()
    answer = await come(client, "/mon-compte")
    assert (answer.status_code, answer.headers["location"]) == (303, "/mon-compte")
    assert "Anne Le Goff" in (await client.get("/mon-compte")).text
    assert not desk.register.account(anne.id).invited
    assert desk.sessions.of(anne.id)[0].strong


async def test_the_button_is_there_where_a_provider_is(visitor):
    page = await visitor().get("/connexion?suite=/mon-compte")
    assert "S’identifier avec ProConnect" in page.text
    assert 'href="/connexion/fournisseur?suite=/mon-compte"' in page.text


async def test_the_request_proves_who_asks_and_asks_for_the_level(provider, registration, anne, visitor):
    client = visitor()
    left = await client.get("/connexion/fournisseur")
    asked = {key: values[0] for key, values in parse_qs(urlsplit(left.headers["location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{BASE}{RETURN}"
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    assert asked["claims"] == '{"id_token":{"acr":null}}'


async def test_a_provider_that_knows_no_proof_of_the_code_can_be_asked_without(
    record, clock, quick, registration, provider, anne, visitor, desk
):
    provider.pkce = False
    refused = await visitor().get("/connexion/fournisseur")
    assert httpx.get(refused.headers["location"]).status_code == 400
    plain = replace(CHOICES, provider=replace(registration, pkce=False))
    client = visitor(other=open_accounts(record, clock, plain, quick))
    assert (await come(client)).status_code == 303


async def test_a_way_back_works_once(provider, anne, visitor):
    client = visitor()
    there = (await client.get("/connexion/fournisseur")).headers["location"]
    # Two good codes of the provider for one and the same state.
    first, second = (httpx.get(there).headers["location"].removeprefix(BASE) for _ in range(2))
    assert (await client.get(first)).status_code == 303
    client.cookies.delete(COOKIE)
    for back in (first, second):
        assert (await client.get(back)).status_code == 403
    assert COOKIE not in client.cookies


async def test_a_way_back_works_in_its_own_browser_only(provider, anne, visitor):
    """Who lures somebody to their own way back would have them write into a stranger's account."""
    mallory, victim = visitor(), visitor()
    back = await way_back(mallory)
    await victim.get("/connexion/fournisseur")
    assert (await victim.get(back)).status_code == 403
    assert COOKIE not in victim.cookies


async def test_a_way_back_is_open_for_ten_minutes(anne, visitor, clock):
    client = visitor()
    back = await way_back(client)
    clock.pass_by(minutes=10)
    assert (await client.get(back)).status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?state=x&code=y", "?error=access_denied&state=x", "?error=<script>alert(1)</script>"]
)
async def test_an_invented_way_back_leads_nowhere(anne, visitor, query):
    client = visitor()
    await client.get("/connexion/fournisseur")
    answer = await client.get(f"{RETURN}{query}")
    assert answer.status_code == 403
    assert "<script>alert" not in answer.text


async def test_the_answer_of_another_issuer_is_not_taken(anne, visitor):
    client = visitor()
    back = await way_back(client)
    mixed = back.replace("iss=http", "iss=https%3A%2F%2Fevil.example&x=http")
    assert (await client.get(mixed)).status_code == 403


async def test_a_stolen_code_is_of_no_use_with_another_proof(provider, anne, visitor):
    mallory, victim = visitor(), visitor()
    stolen = parse_qs(urlsplit(await way_back(victim)).query)["code"][0]
    own = parse_qs(urlsplit(await way_back(mallory)).query)["state"][0]
    answer = await mallory.get(RETURN, params={"state": own, "code": stolen})
    assert answer.status_code == 403
    assert COOKIE not in mallory.cookies


async def test_a_closed_account_stays_closed(desk, anne, visitor):
    desk.register.disable(anne.id)
    assert (await come(visitor())).status_code == 403
    assert desk.register.account(anne.id).invited


async def test_with_one_factor_there_a_reviewer_shows_another_here(desk, provider, visitor, clock):
    rene = desk.register.create(EMAIL, "René", Role.REVIEWER)
    provider.acr = "eidas1"
    client = visitor()
    assert (await come(client, "/mon-compte")).headers["location"] == f"{CODE_PAGE}?suite=/mon-compte"
    assert COOKIE not in client.cookies
    await set_up(client, clock.now)
    provider.acr = "eidas2"
    again = visitor()
    assert (await come(again)).headers["location"] == "/"
    assert all(each.strong for each in desk.sessions.of(rene.id))


async def test_signing_out_shows_the_way_out_of_the_provider_too(provider, anne, visitor):
    client = visitor()
    await come(client)
    home = await client.get("/")
    left = await client.post("/deconnexion", data={"csrf": hidden(home)})
    assert "Se déconnecter aussi de ProConnect" in left.text
    assert (await client.get("/")).status_code == 303
    address = left.text.split('<a class="button main" href="')[1].split('"')[0].replace("&amp;", "&")
    assert httpx.get(address).headers["location"] == f"{BASE}/connexion"
    assert provider.signed_out["id_token_hint"].count(".") == 2


async def test_neither_tokens_nor_addresses_come_into_the_log(provider, anne, visitor, caplog):
    caplog.set_level(logging.INFO)
    provider.twist = lambda claims: claims.update(nonce="another")
    client = visitor()
    back = await way_back(client)
    await client.get(back)
    own = [record for record in caplog.records if record.name.startswith(("console", "conversations"))]
    said = " ".join(record.getMessage() for record in own)
    assert "nonce" in said
    for secret in (EMAIL, *parse_qs(urlsplit(back).query)["code"], *parse_qs(urlsplit(back).query)["state"]):
        assert secret not in said


async def test_without_a_provider_there_is_no_way_to_one(record, clock, quick, visitor):
    client = visitor(other=open_accounts(record, clock, CHOICES, quick))
    for path in ("/connexion/fournisseur", RETURN):
        assert (await client.get(path)).status_code == 404


def test_what_has_run_out_is_deleted(desk, clock):
    desk.federation.begin("browser", "/")
    assert desk.federation.purge() == 0
    clock.pass_by(minutes=10)
    assert desk.federation.purge() == 1
