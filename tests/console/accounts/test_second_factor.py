"""The second factor: who needs it, what is taken and what is not."""

import pytest
from sqlalchemy import select

from console.access import COOKIE
from console.accounts.bootstrap import open_accounts
from console.accounts.errors import SignInRefused
from console.accounts.models import AccountRow, RecoveryCodeRow
from console.accounts.signing_in import Caller, Halfway
from console.viewers import Role
from tests.console.accounts.conftest import CHOICES, PASSWORD
from tests.console.accounts.walks import CODE_PAGE, EMAIL, code_at, key_of, post, set_up, sign_in

BROWSER = Caller("Firefox", None)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REVIEWER])
async def test_who_sees_much_needs_a_second_factor(joined, visitor, clock, role):
    joined(role=role)
    client = visitor()
    asked = await sign_in(client, suite="/mon-compte")
    assert asked.headers["location"] == f"{CODE_PAGE}?suite=/mon-compte"
    assert COOKIE not in client.cookies
    assert (await client.get("/")).status_code == 303  # halfway is not in

    _, codes = await set_up(client, clock.now)
    assert len(set(codes)) == 10
    assert (await client.get("/")).status_code == 200


async def test_an_advisor_may_do_without(joined, visitor):
    joined()
    assert (await sign_in(visitor())).headers["location"] == "/"


async def test_a_code_is_asked_each_time_and_taken_once(joined, visitor, clock):
    joined(role=Role.REVIEWER)
    first = visitor()
    await sign_in(first)
    key, _ = await set_up(first, clock.now)

    second = visitor()
    await sign_in(second)
    used = code_at(key, clock.now)
    assert (await post(second, CODE_PAGE, code=used)).status_code == 401
    clock.pass_by(seconds=30)
    # The one before the last: within the tolerance, but before the last that was used.
    assert (await post(second, CODE_PAGE, code=used)).status_code == 401
    fresh = code_at(key, clock.now)
    assert (await post(second, CODE_PAGE, code=fresh[:3] + " " + fresh[3:])).status_code == 303
    assert (await second.get("/")).status_code == 200

    third = visitor()
    await sign_in(third)
    assert (await post(third, CODE_PAGE, code=fresh)).status_code == 401


@pytest.mark.parametrize("seconds", [-30, 30])
async def test_a_clock_that_goes_half_a_minute_wrong_is_forgiven(joined, visitor, clock, seconds):
    joined(role=Role.REVIEWER)
    client = visitor()
    await sign_in(client)
    key, _ = await set_up(client, clock.now)
    clock.pass_by(minutes=5)
    await sign_in(client)
    moment = clock.now.timestamp() + seconds
    assert (await post(client, CODE_PAGE, code=code_at(key, moment))).status_code == 303
    clock.pass_by(minutes=5)
    await sign_in(client)
    late = clock.now.timestamp() + 2 * seconds
    assert (await post(client, CODE_PAGE, code=code_at(key, late))).status_code == 401


@pytest.mark.parametrize("code", ["", "000000", "1234567", "abcdef", "١٢٣٤٥٦", "0" * 5000])
async def test_a_wrong_code_opens_nothing(joined, visitor, clock, code):
    joined(role=Role.REVIEWER)
    client = visitor()
    await sign_in(client)
    await set_up(client, clock.now)
    await sign_in(client)
    client.cookies.delete(COOKIE)
    assert (await post(client, CODE_PAGE, code=code)).status_code == 401
    assert COOKIE not in client.cookies


async def test_a_recovery_code_stands_in_once(joined, visitor, clock):
    joined(role=Role.REVIEWER)
    client = visitor()
    await sign_in(client)
    _, codes = await set_up(client, clock.now)
    await sign_in(client)
    assert (await post(client, CODE_PAGE, code=codes[0].upper())).status_code == 303
    await sign_in(client)
    assert (await post(client, CODE_PAGE, code=codes[0])).status_code == 401
    assert (await post(client, CODE_PAGE, code=codes[1])).status_code == 303


async def test_half_of_a_sign_in_lasts_ten_minutes(joined, visitor, clock):
    joined(role=Role.REVIEWER)
    client = visitor()
    await sign_in(client)
    key = key_of(await client.get(CODE_PAGE))
    form = await client.get(CODE_PAGE)
    clock.pass_by(minutes=10)
    late = await client.post(
        CODE_PAGE,
        data={"csrf": form.text.split('name="csrf" value="')[1][:64], "code": code_at(key, clock.now)},
    )
    assert (late.status_code, late.headers["location"]) == (303, "/connexion")
    assert (await client.get(CODE_PAGE + "/image.svg")).status_code == 303


async def test_the_picture_is_a_file_of_our_own(joined, visitor, clock):
    joined(role=Role.REVIEWER)
    client = visitor()
    await sign_in(client)
    picture = await client.get(CODE_PAGE + "/image.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.headers["cache-control"] == "no-store"
    assert "style=" not in picture.text
    await set_up(client, clock.now)
    await sign_in(client)  # nothing is set up any more
    assert (await client.get(CODE_PAGE + "/image.svg")).status_code == 303


def test_neither_secret_nor_codes_are_kept_readable(both, clock, quick, joined_in):
    desk = open_accounts(both, clock, CHOICES, quick)
    joined_in(desk, role=Role.REVIEWER)
    half = desk.sign_in.with_password(EMAIL, PASSWORD, BROWSER)
    assert isinstance(half, Halfway)
    key = desk.factor.in_words(desk.sign_in.waiting(half.token).sealed).replace(" ", "")
    codes = desk.sign_in.with_code(half.token, code_at(key, clock.now), BROWSER).codes
    with both.connect() as connection:
        kept = str(connection.execute(select(AccountRow.__table__)).all())
        kept += str(connection.execute(select(RecoveryCodeRow.__table__)).all())
    assert key not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_halfway_cannot_be_used_twice(both, clock, quick, joined_in):
    desk = open_accounts(both, clock, CHOICES, quick)
    joined_in(desk, role=Role.REVIEWER)
    half = desk.sign_in.with_password(EMAIL, PASSWORD, BROWSER)
    key = desk.factor.in_words(desk.sign_in.waiting(half.token).sealed).replace(" ", "")
    desk.sign_in.with_code(half.token, code_at(key, clock.now), BROWSER)
    clock.pass_by(minutes=1)
    with pytest.raises(SignInRefused):
        desk.sign_in.with_code(half.token, code_at(key, clock.now), BROWSER)


def test_a_secret_sealed_with_another_key_opens_nothing(both, clock, quick, joined_in):
    desk = open_accounts(both, clock, CHOICES, quick)
    joined_in(desk, role=Role.REVIEWER)
    half = desk.sign_in.with_password(EMAIL, PASSWORD, BROWSER)
    key = desk.factor.in_words(desk.sign_in.waiting(half.token).sealed).replace(" ", "")
    codes = desk.sign_in.with_code(half.token, code_at(key, clock.now), BROWSER).codes
    clock.pass_by(minutes=1)

    other = open_accounts(both, clock, type(CHOICES)(secret="another"), quick)
    half = other.sign_in.with_password(EMAIL, PASSWORD, BROWSER)
    for code in (code_at(key, clock.now), codes[0]):
        with pytest.raises(SignInRefused):
            other.sign_in.with_code(half.token, code, BROWSER)
