"""Sign-in through an identity provider, honest and otherwise."""

import logging
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from console.access import COOKIE
from console.accounts.bootstrap import open_accounts
from console.accounts.provider import Registration
from console.app import create_console
from console.services import Services
from console.viewers import Role
from settings import Settings
from tests.console.accounts.conftest import CHOICES
from tests.console.accounts.local_provider import CLIENT, SECRET, LocalProvider
from tests.console.accounts.walks import CODE_PAGE, EMAIL, hidden, set_up
from tests.console.conftest import BASE

RETURN = "/connexion/retour"


@pytest.fixture(scope="module")
def running():
    provider = LocalProvider(lambda: 0)
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running, clock):
    running.reset()
    running.clock = lambda: clock().timestamp()
    return running


@pytest.fixture
def registration(provider):
    return Registration(provider.issuer, CLIENT, SECRET, BASE, name="ProConnect", strong=("eidas2",))


@pytest.fixture
def desk(record, clock, quick, registration):
    return open_accounts(record, clock, replace(CHOICES, provider=registration), quick)


@pytest.fixture
def visitor(visitor, services):
    """Make a client of the console over these accounts, or over others in the same database."""
    clients = []

    def made(other=None):
        if other is None:
            return visitor()
        app = create_console(Services(sessions=other.sessions, accounts=other))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        clients.append(httpx.AsyncClient(transport=transport, base_url=BASE))
        return clients[-1]

    return made


@pytest.fixture
def anne(desk):
    """Somebody who was invited and never chose a password."""
    return desk.register.create(EMAIL, "Anne Le Goff", Role.ADVISOR)


async def way_back(client: httpx.AsyncClient, suite: str = "/") -> str:
    """Go to the provider, sign in there, and return the address that it sends the browser to."""
    left = await client.get("/connexion/fournisseur", params={"suite": suite})
    assert left.status_code == 303, left.text
    return httpx.get(left.headers["location"]).headers["location"].removeprefix(BASE)


async def come(client: httpx.AsyncClient, suite: str = "/") -> httpx.Response:
    return await client.get(await way_back(client, suite))


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


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"nonce": "n" * 43}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another service"}, "aud"),
        ({"aud": ["one", "two"]}, "aud"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "azp"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"exp": 1}, "expired_token"),
        ({"iat": 2**33}, "issued in the future"),
        ({"nbf": 2**33}, "not yet valid"),
        ({"exp": None}, "exp"),
        ({"sub": None}, "sub"),
    ],
)
async def test_an_identity_token_that_does_not_fit_opens_nothing(
    provider, anne, visitor, caplog, changes, why
):
    def twist(claims):
        claims.update(changes)
        for name in [name for name, value in claims.items() if value is None]:
            del claims[name]

    provider.twist = twist
    client = visitor()
    answer = await come(client)
    assert answer.status_code == 403
    assert why in caplog.messages[-1]
    assert COOKIE not in client.cookies


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512"])
async def test_another_algorithm_than_the_agreed_one_opens_nothing(provider, anne, visitor, algorithm):
    provider.algorithm = algorithm
    client = visitor()
    assert (await come(client)).status_code == 403
    assert COOKIE not in client.cookies


async def test_a_foreign_key_opens_nothing_and_is_not_asked_for_again_and_again(provider, anne, visitor):
    provider.signs_with = provider.other_key
    client = visitor()
    for _ in range(5):
        assert (await come(client)).status_code == 403
    assert provider.asked.count("jwks") == 1


async def test_a_new_key_of_the_provider_is_learnt(provider, anne, visitor, clock):
    client = visitor()
    assert (await come(client)).status_code == 303
    provider.signs_with, provider.published = provider.other_key, [provider.key, provider.other_key]
    clock.pass_by(minutes=2)
    assert (await come(client)).status_code == 303


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"email_verified": False}, 403),
        ({"email_verified": "true"}, 403),
        ({"email": None}, 403),
        ({"email": ["anne@example.org"]}, 403),
        ({"email": "no address"}, 403),
        ({"email": "nobody@example.org"}, 403),
        ({"email": "Anne@EXAMPLE.org"}, 303),
    ],
)
async def test_only_a_verified_address_with_an_account_is_let_in(provider, anne, visitor, changes, status):
    provider.person |= changes
    assert (await come(visitor())).status_code == status


async def test_an_address_that_is_not_said_to_be_verified_counts_where_the_provider_vouches(
    record, clock, quick, registration, provider, anne, visitor
):
    del provider.person["email_verified"]
    assert (await come(visitor())).status_code == 403
    vouching = replace(CHOICES, provider=replace(registration, vouches=True))
    client = visitor(other=open_accounts(record, clock, vouching, quick))
    assert (await come(client)).status_code == 303
    provider.person["email_verified"] = False
    assert (await come(client)).status_code == 403


@pytest.mark.parametrize(
    "changes", [{"sub": "somebody else"}, {"iss": "https://evil.example"}, {"aud": "another"}]
)
async def test_what_is_said_of_somebody_else_is_not_taken(provider, anne, visitor, changes):
    provider.userinfo_twist = lambda claims: claims.update(changes)
    assert (await come(visitor())).status_code == 403


async def test_plain_facts_over_our_own_connection_are_taken_too(provider, anne, visitor):
    provider.signed_userinfo = False
    assert (await come(visitor())).status_code == 303
    provider.userinfo_twist = lambda claims: claims.update(sub="somebody else")
    assert (await come(visitor())).status_code == 403


async def test_a_way_back_works_once(provider, anne, visitor):
    client = visitor()
    back = await way_back(client)
    assert (await client.get(back)).status_code == 303
    client.cookies.delete(COOKIE)
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


async def test_a_level_that_is_required_is_asked_for_and_looked_at(
    record, clock, quick, registration, provider, anne, visitor
):
    strict = replace(CHOICES, provider=replace(registration, strong_only=True))
    client = visitor(other=open_accounts(record, clock, strict, quick))
    left = await client.get("/connexion/fournisseur")
    assert "essential" in left.headers["location"]
    provider.acr = "eidas1"
    assert (await come(client)).status_code == 403
    provider.acr = "eidas2"
    assert (await come(client)).status_code == 303


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


async def test_a_provider_that_is_away_is_said_so(record, clock, quick, registration, visitor):
    away = replace(CHOICES, provider=replace(registration, issuer="http://127.0.0.1:9/api"))
    client = visitor(other=open_accounts(record, clock, away, quick))
    answer = await client.get("/connexion/fournisseur")
    assert answer.status_code == 503
    assert "ne répond pas" in answer.text


@pytest.mark.parametrize("changes", [{"issuer": "https://evil.example"}, {"token_endpoint": None}])
async def test_a_provider_that_contradicts_itself_is_not_trusted(provider, anne, visitor, changes):
    provider.discovery = changes
    client = visitor()
    left = await client.get("/connexion/fournisseur")
    if left.status_code == 303:
        left = await client.get(httpx.get(left.headers["location"]).headers["location"].removeprefix(BASE))
    assert left.status_code == 503


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


@pytest.mark.parametrize(
    "given",
    [
        {"console_oidc_issuer": "https://provider.example"},
        {
            "console_oidc_issuer": "https://provider.example",
            "console_oidc_client_id": "x",
            "console_oidc_client_secret": "y",
        },
        {"console_oidc_acr_required": True},
    ],
)
def test_a_provider_that_is_half_set_up_is_a_mistake(given):
    with pytest.raises(ValueError, match="CONSOLE_"):
        Settings(**given)
