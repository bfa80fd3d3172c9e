"""How long a session lasts, who sees it, and what is kept of it."""

import pytest
from sqlalchemy import select

from console.accounts.bootstrap import open_accounts
from console.accounts.models import SessionRow
from console.accounts.sessions import form_token
from conversations.privacy_bootstrap import open_purge
from settings import Settings
from tests.console.accounts.conftest import CHOICES, NOW


@pytest.fixture
def desk(both, clock, quick):
    return open_accounts(both, clock, CHOICES, quick)


@pytest.fixture
def anne(joined):
    return joined()


def test_a_session_ends_when_nobody_uses_it(desk, clock, anne):
    token = desk.sessions.open(anne.id, "Firefox")
    clock.pass_by(hours=3, minutes=59)
    assert desk.sessions.viewer(token).email == anne.email
    clock.pass_by(hours=3, minutes=59)
    assert desk.sessions.viewer(token)
    clock.pass_by(hours=4)
    assert desk.sessions.viewer(token) is None


def test_a_session_ends_even_when_it_is_used_all_the_time(desk, clock, anne):
    token = desk.sessions.open(anne.id, "Firefox")
    for _ in range(11):
        clock.pass_by(hours=1)
        assert desk.sessions.viewer(token)
    clock.pass_by(hours=1)
    assert desk.sessions.viewer(token) is None


def test_only_a_hash_of_the_token_is_kept(both, desk, anne):
    token = desk.sessions.open(anne.id, "Firefox")
    with both.connect() as connection:
        (row,) = connection.execute(select(SessionRow.__table__)).mappings()
    assert token not in str(dict(row))
    assert desk.sessions.viewer(token).csrf == form_token(token) != token


@pytest.mark.parametrize("forged", ["", "x", "a" * 5000, "\udcff", "' OR 1=1 --"])
def test_a_forged_token_opens_nothing(desk, anne, forged):
    desk.sessions.open(anne.id, "Firefox")
    assert desk.sessions.viewer(forged) is None


def test_the_id_of_a_session_opens_nothing(desk, anne):
    desk.sessions.open(anne.id, "Firefox")
    (seen,) = desk.sessions.of(anne.id)
    assert desk.sessions.viewer(seen.id) is None


def test_sessions_are_listed_and_revoked_by_their_owner_only(desk, clock, anne, joined):
    bob = joined("bob@example.org")
    first = desk.sessions.open(anne.id, "Firefox")
    clock.pass_by(minutes=5)
    second = desk.sessions.open(anne.id, "Chrome")
    assert [each.device for each in desk.sessions.of(anne.id)] == ["Chrome", "Firefox"]
    assert desk.sessions.of(bob.id) == []

    old = desk.sessions.of(anne.id)[1].id
    assert not desk.sessions.revoke(bob.id, old)
    assert desk.sessions.viewer(first)
    assert desk.sessions.revoke(anne.id, old)
    assert desk.sessions.viewer(first) is None
    assert desk.sessions.viewer(second)


def test_the_last_use_is_known_to_the_minute(desk, clock, anne):
    token = desk.sessions.open(anne.id, "Firefox")
    clock.pass_by(minutes=10)
    desk.sessions.viewer(token)
    assert desk.sessions.of(anne.id)[0].seen_at == clock.now


def test_what_has_run_out_goes_with_the_purge_and_stands_in_its_report(both, desk, clock, anne, tmp_path):
    purge = open_purge(both, Settings(var=tmp_path, console_idle_hours=4, console_session_hours=12), clock)
    left, kept = desk.sessions.open(anne.id, "Firefox"), desk.sessions.open(anne.id, "Firefox")
    clock.pass_by(hours=3)
    desk.sessions.viewer(kept)
    clock.pass_by(hours=1)
    (due,) = (each for each in purge.standing() if each.kind == "session")
    assert (due.due, due.days, due.oldest) == (1, 0, NOW)
    assert purge.round(lambda _: None).removed("session") == 1
    assert desk.sessions.end(left) is None
    assert desk.sessions.viewer(kept)
    assert purge.round(lambda _: None).removed("session") == 0
    for _ in range(4):
        clock.pass_by(hours=2)
        desk.sessions.viewer(kept)
    assert purge.round(lambda _: None).removed("session") == 1, "twelve hours, however much it was used"


def test_a_record_without_a_console_has_no_sessions_to_delete(both, clock, tmp_path):
    report = open_purge(both, Settings(var=tmp_path), clock).round(lambda _: None)
    assert report.whole
    assert report.removed("session") == 0
