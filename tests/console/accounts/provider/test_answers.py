"""What the provider says, true or otherwise."""

from dataclasses import replace

import httpx
import pytest

from console.access import COOKIE
from console.accounts.bootstrap import open_accounts
from settings import Settings
from tests.console.accounts.conftest import CHOICES
from tests.console.accounts.provider.local_provider import CLIENT
from tests.console.accounts.provider.ways import come
from tests.console.conftest import BASE


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
