"""How often somebody may try to sign in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from console.accounts.attempts import RULES, Attempts, Try
from console.accounts.bootstrap import open_accounts
from console.accounts.errors import SignInRefused
from console.accounts.signing_in import Caller, Signed
from console.viewers import Role
from conversations.transactions import Transactions
from tests.console.accounts.conftest import CHOICES, PASSWORD
from tests.console.accounts.walks import CODE_PAGE, EMAIL, code_at, post, set_up, sign_in

HOME = Caller("Firefox", None)


@pytest.fixture
def desk(both, clock, quick):
    return open_accounts(both, clock, CHOICES, quick)


def fail(desk, email=EMAIL, caller=HOME):
    with pytest.raises(SignInRefused):
        desk.sign_in.with_password(email, "wrong", caller)


def lets_in(desk, caller=HOME) -> bool:
    try:
        return isinstance(desk.sign_in.with_password(EMAIL, PASSWORD, caller), Signed)
    except SignInRefused:
        return False


def test_after_five_failures_even_the_right_password_waits(desk, joined, clock):
    joined()
    for _ in range(5):
        fail(desk)
    assert not lets_in(desk)
    clock.pass_by(seconds=29)
    assert not lets_in(desk)
    clock.pass_by(seconds=1)
    assert lets_in(desk)


def test_the_delay_doubles_and_ends_at_a_quarter_of_an_hour(desk, joined, clock):
    joined()
    for _ in range(5):
        fail(desk)
    for seconds in (30, 60, 120, 240, 480, 900, 900):
        clock.pass_by(seconds=seconds - 1)
        assert not lets_in(desk)  # and does not count
        clock.pass_by(seconds=1)
        fail(desk)


def test_a_success_or_a_day_forgets_the_failures(desk, joined, clock):
    joined()
    for _ in range(4):
        fail(desk)
    assert lets_in(desk)
    for _ in range(4):
        fail(desk)
    clock.pass_by(days=1)
    fail(desk)
    assert lets_in(desk)


def test_an_address_without_an_account_waits_as_well(desk, clock):
    attempts = desk.attempts
    for _ in range(5):
        fail(desk, "nobody@example.org")
    with pytest.raises(SignInRefused):
        attempts.admit(Try("password", "nobody@example.org"))


def test_one_account_does_not_hold_up_another(desk, joined):
    joined()
    for _ in range(5):
        fail(desk, "nobody@example.org")
    assert lets_in(desk)


def test_a_network_that_tries_many_accounts_waits(desk, joined):
    joined()
    for number in range(30):
        fail(desk, f"a{number}@example.org", Caller("bot", f"2001:db8::{number}"))
    assert not lets_in(desk, Caller("bot", "2001:db8::ffff"))
    assert lets_in(desk, Caller("Firefox", "192.0.2.1"))
    assert lets_in(desk, Caller("Firefox", "127.0.0.1"))


def test_an_account_of_one_s_own_does_not_free_the_network(desk, joined):
    joined()
    caller = Caller("bot", "192.0.2.1")
    for number in range(28):
        fail(desk, f"a{number}@example.org", caller)
    assert lets_in(desk, caller)
    fail(desk, "b@example.org", caller)
    fail(desk, "c@example.org", caller)
    assert not lets_in(desk, caller)


def test_tries_at_the_same_moment_are_all_counted(both, desk, clock):
    attempts, tried = Attempts(Transactions(both), clock), Try("password", EMAIL)

    def admitted(_) -> bool:
        try:
            attempts.admit(tried)
        except SignInRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(admitted, range(40))) == RULES["password"].free


def test_what_does_not_count_any_more_is_deleted(both, desk, clock):
    fail(desk)
    clock.pass_by(hours=23)
    assert desk.attempts.purge() == 0
    clock.pass_by(hours=1)
    assert desk.attempts.purge() == 1


def test_no_delay_grows_beyond_all_bounds(both, desk, clock):
    attempts, tried = Attempts(Transactions(both), clock), Try("password", EMAIL)
    for _ in range(60):
        attempts.admit(tried)
        clock.pass_by(minutes=15)
    assert RULES["password"].most == timedelta(minutes=15)


@pytest.mark.parametrize("both", ["sqlite"], indirect=True)
async def test_codes_are_not_to_be_guessed_either(joined, visitor, clock):
    joined(role=Role.REVIEWER)
    client = visitor()
    await sign_in(client)
    key, codes = await set_up(client, clock.now)
    clock.pass_by(minutes=1)
    for number in range(5):
        await sign_in(client)  # the right password does not forget wrong codes
        assert (await post(client, CODE_PAGE, code=f"00000{number}")).status_code == 401
    for code in (code_at(key, clock.now), codes[0]):
        assert (await post(client, CODE_PAGE, code=code)).status_code == 401
    clock.pass_by(seconds=30)
    assert (await post(client, CODE_PAGE, code=code_at(key, clock.now))).status_code == 303


@pytest.mark.parametrize("both", ["sqlite"], indirect=True)
async def test_nobody_learns_whether_there_is_an_account(joined, visitor):
    """The same pages, in the same order, for an address with an account and for one without."""
    joined()

    async def told(email):
        client = visitor()
        answers = [await sign_in(client, email, "wrong") for _ in range(7)]
        return [(each.status_code, each.text.replace(email, "").split("csrf")[-1][80:]) for each in answers]

    assert await told(EMAIL) == await told("nobody@example.org")
