"""« Mon compte », and what others cannot do with it."""

import re

import pytest
from sqlalchemy import select

from console.access import COOKIE
from console.viewers import Role
from conversations.request_models import OutboxRow
from tests.console.accounts.conftest import PASSWORD
from tests.console.accounts.walks import CODE_PAGE, EMAIL, code_at, key_of, post, set_up, sign_in

OWN = "/mon-compte"
NEW = "un autre, avec cinq mots"
SESSION = re.compile(r'action="/mon-compte/sessions/([0-9a-f]{32})"')


@pytest.fixture
async def anne(joined, visitor):
    joined()
    client = visitor()
    client.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0"
    await sign_in(client)
    return client


async def test_a_session_elsewhere_is_seen_and_ended(anne, visitor):
    other = visitor()
    other.headers["User-Agent"] = "Mozilla/5.0 (iPhone) Version/18 Safari/605"
    await sign_in(other)
    page = await anne.get(OWN)
    assert "Firefox, Linux" in page.text
    assert "Safari, iPhone" in page.text
    (session,) = SESSION.findall(page.text)  # not the one that looks
    assert (await post(anne, OWN, f"{OWN}/sessions/{session}")).status_code == 303
    assert (await other.get("/")).status_code == 303
    assert (await anne.get("/")).status_code == 200


async def test_nobody_ends_or_sees_the_session_of_somebody_else(desk, anne, joined, visitor):
    bob = joined("bob@example.org", name="Bob")
    token = desk.sessions.open(bob.id, "Chrome on a machine of Bob's")
    (theirs,) = desk.sessions.of(bob.id)
    assert (await post(anne, OWN, f"{OWN}/sessions/{theirs.id}")).status_code == 404
    assert desk.sessions.viewer(token)
    assert theirs.id not in (await anne.get(OWN)).text


async def test_what_a_browser_says_of_itself_is_no_markup(desk, anne, visitor):
    other = visitor()
    other.headers["User-Agent"] = '<script>alert(1)</script>"Firefox'
    await sign_in(other)
    assert "<script>alert" not in (await anne.get(OWN)).text


async def test_a_new_password_ends_the_other_sessions(anne, visitor, record):
    other = visitor()
    await sign_in(other)
    stolen = other.cookies[COOKIE]
    fields = {"present": PASSWORD, "password": NEW, "again": NEW}
    assert (await post(anne, OWN, f"{OWN}/mot-de-passe", **fields)).status_code == 303
    assert (await anne.get("/")).status_code == 200
    other.cookies.set(COOKIE, stolen)
    assert (await other.get("/")).status_code == 303
    assert (await sign_in(visitor())).status_code == 401
    assert (await sign_in(visitor(), password=NEW)).status_code == 303
    with record.connect() as connection:
        assert connection.execute(select(OutboxRow.__table__.c.recipient)).scalars().all() == [EMAIL]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"present": "wrong", "password": NEW, "again": NEW}, "Le mot de passe actuel est faux"),
        ({"present": PASSWORD, "password": NEW, "again": "other"}, "ne sont pas les mêmes"),
        ({"present": PASSWORD, "password": "court", "again": "court"}, "au moins 12 caractères"),
        ({"present": PASSWORD, "password": EMAIL, "again": EMAIL}, "facile à deviner"),
    ],
)
async def test_a_password_that_cannot_be_changed_is_told_why(anne, fields, said):
    answer = await post(anne, OWN, f"{OWN}/mot-de-passe", **fields)
    assert answer.status_code == 422
    assert said in answer.text


async def test_guessing_the_password_in_an_open_session_is_limited_too(anne):
    fields = {"present": "wrong", "password": NEW, "again": NEW}
    for _ in range(5):
        await post(anne, OWN, f"{OWN}/mot-de-passe", **fields)
    right = await post(anne, OWN, f"{OWN}/mot-de-passe", **(fields | {"present": PASSWORD}))
    assert right.status_code == 422


async def test_an_advisor_sets_up_and_removes_a_second_factor(anne, visitor, clock):
    stolen = visitor()
    await sign_in(stolen)
    key = key_of(await anne.get(f"{OWN}/second-facteur"))
    assert (await anne.get(f"{OWN}/second-facteur/image.svg")).headers["content-type"] == "image/svg+xml"
    assert key_of(await anne.get(f"{OWN}/second-facteur")) == key
    code = code_at(key, clock.now)
    for wrong in ({"code": "000000", "present": PASSWORD}, {"code": code, "present": "wrong"}):
        assert (await post(anne, f"{OWN}/second-facteur", **wrong)).status_code == 422
    done = await post(anne, f"{OWN}/second-facteur", code=code, present=PASSWORD)
    assert "codes de secours" in done.text
    assert (await stolen.get("/")).status_code == 303  # from before there was a second factor

    again = visitor()
    assert (await sign_in(again)).headers["location"] == CODE_PAGE
    assert (await post(again, CODE_PAGE, code=code)).status_code == 401  # used for setting up
    removal = f"{OWN}/second-facteur/retrait"
    assert (await post(anne, OWN, removal, present="wrong")).status_code == 422
    assert (await post(anne, OWN, removal, present=PASSWORD)).status_code == 303
    assert (await sign_in(again)).headers["location"] == "/"


async def test_a_reviewer_cannot_do_without(joined, visitor, clock):
    joined(role=Role.REVIEWER)
    client = visitor()
    await sign_in(client)
    _, codes = await set_up(client, clock.now)
    answer = await post(client, OWN, f"{OWN}/second-facteur/retrait", present=PASSWORD)
    assert answer.status_code == 403

    made = await post(client, OWN, f"{OWN}/codes", present=PASSWORD)
    fresh = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", made.text)
    assert set(fresh).isdisjoint(codes)
    await sign_in(client)
    assert (await post(client, CODE_PAGE, code=codes[0])).status_code == 401
    assert (await post(client, CODE_PAGE, code=fresh[0])).status_code == 303
