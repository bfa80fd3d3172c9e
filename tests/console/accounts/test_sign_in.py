"""Signing in and out over HTTP, and what attackers try there."""

import logging
import re

import httpx
import pytest

from console.access import COOKIE
from console.accounts.open_forms import COOKIE as FORM_COOKIE
from console.app import create_console
from console.services import Services
from console.viewers import Role, Scope
from conversations.errors import RecordUnreachable
from tests.console.accounts.conftest import PASSWORD
from tests.console.accounts.walks import EMAIL, hidden, sign_in


async def test_who_knows_the_password_is_signed_in_and_out_again(joined, visitor):
    joined()
    client = visitor()
    answer = await sign_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    home = await client.get("/")
    assert "Bonjour Anne Le Goff" in home.text

    token = client.cookies[COOKIE]
    left = await client.post("/deconnexion", data={"csrf": hidden(home)})
    assert (left.status_code, left.headers["location"]) == (303, "/connexion")
    assert COOKIE not in client.cookies
    client.cookies.set(COOKIE, token)
    assert (await client.get("/")).status_code == 303


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(joined, visitor):
    joined()
    given = (await sign_in(visitor())).headers.get_list("set-cookie")
    (session,) = [each for each in given if each.startswith(f"{COOKIE}=")]
    assert "HttpOnly" in session
    assert "SameSite=lax" in session


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "faux mot de passe"), ("nobody@example.org", PASSWORD), ("no address", PASSWORD), ("", "")],
)
async def test_nobody_learns_what_was_wrong(joined, visitor, email, password):
    joined()
    answer = await sign_in(visitor(), email, password)
    assert answer.status_code == 401
    assert COOKIE not in answer.cookies
    told = re.sub(r'value="[^"]*"', "", answer.text)
    known = await sign_in(visitor(), EMAIL, "wrong in another way")
    assert told == re.sub(r'value="[^"]*"', "", known.text)


async def test_an_address_is_the_same_in_capitals(joined, visitor):
    joined()
    assert (await sign_in(visitor(), " Anne@Example.ORG ")).status_code == 303


async def test_a_session_from_before_the_sign_in_is_of_no_use_after_it(joined, visitor):
    """Fixation: whoever planted a token in the browser must not be signed in with it."""
    joined()
    joined("mallory@example.org", name="Mallory")
    mallory = visitor()
    await sign_in(mallory, "mallory@example.org")
    planted = mallory.cookies[COOKIE]

    client = visitor()
    client.cookies.set(COOKIE, planted)
    answer = await sign_in(client)
    assert answer.cookies[COOKIE] != planted
    assert (await mallory.get("/")).status_code == 303


async def test_a_form_of_another_site_signs_nobody_in(joined, visitor):
    joined()
    client = visitor()
    token = hidden(await client.get("/connexion"))
    data = {"csrf": token, "email": EMAIL, "password": PASSWORD}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = await client.post("/connexion", data=data, headers=headers)
        assert answer.status_code == 403
        assert COOKIE not in client.cookies
    assert (await client.post("/connexion", data=data | {"csrf": "0"})).status_code == 403
    client.cookies.delete(FORM_COOKIE)
    assert (await client.post("/connexion", data=data)).status_code == 403
    assert (await client.post("/connexion", data=data | {"csrf": ""})).status_code == 403


@pytest.mark.parametrize(
    "suite",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/" + "a" * 600,
        "///evil.example",
    ],
)
async def test_after_signing_in_nobody_is_sent_elsewhere(joined, visitor, suite):
    joined()
    answer = await sign_in(visitor(), suite=suite)
    assert answer.headers["location"] == "/"


async def test_after_signing_in_one_comes_to_the_page_that_was_asked_for(joined, visitor):
    joined()
    client = visitor()
    asked = await client.get("/deconnexion-inconnue?page=2&x=a%26b")
    assert asked.status_code == 404
    asked = await client.get("/?page=2&x=a%26b")
    form = await client.get(asked.headers["location"])
    assert hidden(form, "suite") == "/?page=2&x=a%26b"
    answer = await sign_in(client, suite="/?page=2&x=a%26b")
    assert answer.headers["location"] == "/?page=2&x=a%26b"


async def test_words_in_the_address_are_no_markup(visitor):
    answer = await visitor().get("/connexion", params={"suite": '/"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


async def test_a_disabled_account_is_out_in_the_middle_of_its_session(desk, joined, visitor):
    account = joined()
    client = visitor()
    await sign_in(client)
    desk.register.disable(account.id)
    assert (await client.get("/")).status_code == 303
    assert (await sign_in(client)).status_code == 401
    # One that began at the same moment.
    assert desk.sessions.viewer(desk.sessions.open(account.id, "Firefox")) is None


async def test_another_role_takes_effect_at_once(desk, joined, visitor):
    account = joined()
    client = visitor()
    await sign_in(client)
    token = client.cookies[COOKIE]
    assert desk.sessions.viewer(token).within is not None
    desk.register.change(account.id, account.name, Role.ADVISOR, Scope(bodies=frozenset({"cci-29"})))
    assert desk.sessions.viewer(token).scope.bodies == {"cci-29"}
    # A reviewer needs a second factor, which this session never saw.
    desk.register.change(account.id, account.name, Role.REVIEWER, account.scope)
    assert desk.sessions.viewer(token) is None


async def test_an_invitation_is_taken_up_once(desk, visitor):
    account = desk.register.create("jean@example.org", "Jean", Role.ADVISOR)
    token = desk.links.make(account.id, "invitation")
    client = visitor()
    moved = await client.get(f"/lien/{token}")
    assert moved.headers["location"] == "/lien"
    form = await client.get("/lien")
    assert "jean@example.org" in form.text
    assert token not in form.text

    data = {"csrf": hidden(form), "password": PASSWORD, "again": PASSWORD}
    assert "au moins 12" in (await client.post("/lien", data=data | {"password": "a", "again": "a"})).text
    assert "pas les mêmes" in (await client.post("/lien", data=data | {"again": "other"})).text
    done = await client.post("/lien", data=data)
    assert done.headers["location"].startswith("/connexion")
    assert (await sign_in(client, "jean@example.org")).status_code == 303

    again = visitor()
    await again.get(f"/lien/{token}")
    assert (await again.get("/lien")).status_code == 410
    assert (await again.post("/lien", data=data | {"csrf": "0"})).status_code == 403


async def test_without_accounts_there_is_nothing_to_sign_in_to(sessions):
    transport = httpx.ASGITransport(create_console(Services(sessions=sessions)))
    async with httpx.AsyncClient(transport=transport, base_url="http://console.test") as client:
        assert (await sign_in(client)).status_code == 404


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org", "invited@example.org", "closed@example.org"])
async def test_a_password_is_looked_at_for_as_long_whether_there_is_an_account_or_not(
    desk, joined, visitor, quick, monkeypatch, email
):
    joined()
    desk.register.create("invited@example.org", "Never came", Role.ADVISOR)
    desk.register.disable(joined("closed@example.org").id)
    looked, hasher = [], quick._hasher
    verify = type(hasher).verify
    monkeypatch.setattr(type(hasher), "verify", lambda *words: looked.append(words) or verify(*words))
    assert (await sign_in(visitor(), email, "wrong")).status_code == 401
    assert len(looked) == 1


async def test_neither_password_nor_token_comes_into_the_log(joined, visitor, caplog, desk):
    caplog.set_level(logging.DEBUG)
    account, client = joined(), visitor()
    link = desk.links.make(account.id, "reset")
    await sign_in(client, password="a wrong password of somebody")
    await sign_in(client)
    await client.get("/lien")
    own = [each for each in caplog.records if not each.name.startswith("httpx")]
    said = " ".join(each.getMessage() for each in own)
    for secret in ("a wrong password of somebody", PASSWORD, client.cookies[COOKIE], link, EMAIL):
        assert secret not in said


async def test_a_page_that_asks_by_itself_keeps_no_session_alive(joined, visitor, clock):
    joined()
    client = visitor()
    await sign_in(client)
    for _ in range(3):
        clock.pass_by(hours=1)
        assert (await client.get("/", headers={"X-Fragment": "1"})).status_code == 200
    clock.pass_by(hours=1)
    assert (await client.get("/", headers={"X-Fragment": "1"})).status_code == 401


async def test_a_database_that_is_away_is_said_so(joined, visitor, monkeypatch, desk):
    def away(*words, **more):
        raise RecordUnreachable("OperationalError")

    joined()
    client = visitor()
    await sign_in(client)
    monkeypatch.setattr(desk.register, "account", away)
    answer = await client.get("/mon-compte")
    assert answer.status_code == 503
    assert "ne répond pas" in answer.text
