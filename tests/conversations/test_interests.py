"""Interests of the shared digital officer, on SQLite and again on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from conversations.bootstrap import open_record
from conversations.errors import RecordUnreachable
from conversations.grouping import common_skills, fits
from conversations.interest_views import Wish
from conversations.interests import Interests
from conversations.log import ConversationLog
from tests.conversations.conftest import TickingClock

WISH = Wish(
    departement="29",
    place_level="commune",
    place_code="29232",
    place_name="Quimper",
    skills=("software", "security"),
    days=2,
    email="zero@exemple.fr",
    consent="Oui, gardez mes réponses.",
    division="10",
    trade="boulangerie",
)


def wish(name, **changes):
    return replace(WISH, email=f"{name}@exemple.fr", **changes)


@pytest.fixture
def interests(engine):
    return Interests(engine, TickingClock())


@pytest.fixture
def three(interests):
    """Three firms of one area that make a group."""
    for name in "abc":
        interests.register(name, wish(name))
    return interests


def members(interests):
    return [sorted(member.conversation_id for member in group.members) for group in interests.groups()]


def test_an_interest_is_kept_as_it_was_agreed_to(interests):
    registered = interests.register("a", WISH)

    assert registered.wish == WISH
    assert registered.state == "waiting"
    assert registered.group_size == 0
    assert registered.consent_at.tzinfo is not None
    assert interests.of("a") == registered
    assert interests.of("b") is None
    assert interests.groups() == []


def test_three_that_match_are_a_group_for_advisors(three):
    (group,) = three.groups()

    assert [member.conversation_id for member in group.members] == ["a", "b", "c"]
    assert (group.departement, group.state, group.days) == ("29", "proposed", 6)
    assert group.skills == ("software", "security")
    assert three.of("a").state == "grouped"
    assert three.of("a").group_size == 3


@pytest.mark.parametrize(
    "change",
    [
        {"departement": "56"},
        {"skills": ("website",)},
        {"days": 17},
        {"email": "A@exemple.fr"},
    ],
    ids=["elsewhere", "other skills", "too many days", "the same person"],
)
def test_what_does_not_match_is_no_group(interests, change):
    interests.register("a", wish("a"))
    interests.register("b", wish("b"))
    last = interests.register("c", replace(wish("c"), **change))

    assert last.state == "waiting"
    assert interests.groups() == []


def test_too_few_days_are_no_group(interests):
    for name in "abc":
        interests.register(name, wish(name, days=0.5))

    assert interests.groups() == []


def test_one_that_does_not_match_is_passed_over(interests):
    for name, skills in {"a": ("website",), "b": ("software",), "c": ("software",), "d": ()}.items():
        interests.register(name, wish(name, skills=skills))

    assert members(interests) == [["b", "c", "d"]]
    assert interests.groups()[0].skills == ("software",)


def test_a_fourth_joins_as_long_as_the_month_has_room(three):
    assert three.register("d", wish("d", days=10)).group_size == 4
    assert three.register("e", wish("e", days=10)).state == "waiting"


def test_a_second_group_forms_beside_the_first(three):
    for name in "def":
        three.register(name, wish(name, skills=("website",)))

    assert sorted(members(three)) == [["a", "b", "c"], ["d", "e", "f"]]


def test_registering_again_replaces_the_wish(interests):
    interests.register("a", wish("a"))
    again = interests.register("a", wish("a", days=5))

    assert interests.of("a") == again
    assert again.wish.days == 5


def test_members_are_told_once(three):
    assert [each.conversation_id for each in three.untold()] == ["a", "b", "c"]
    three.told(three.news("a"))

    assert three.news("a") is None
    assert [each.conversation_id for each in three.untold()] == ["b", "c"]


def test_who_waits_has_no_news(interests):
    interests.register("a", wish("a"))

    assert interests.news("a") is None
    assert interests.untold() == []


def test_withdrawal_deletes_and_too_small_a_group_falls_apart(three):
    three.told(three.news("a"))
    assert three.withdraw("c") is True

    assert three.of("c") is None
    assert three.groups() == []
    assert three.news("a").state == "apart"
    # Who had never heard of the group hears nothing of its end.
    assert three.news("b") is None
    assert three.of("b").state == "waiting"


def test_news_that_became_old_meanwhile_is_still_news(three):
    news = three.news("a")
    three.told(news)
    three.withdraw("c")
    three.told(news)

    assert three.news("a").state == "apart"


def test_a_group_of_four_outlives_a_withdrawal(three):
    three.register("d", wish("d"))
    three.withdraw("a")

    assert members(three) == [["b", "c", "d"]]


def test_those_left_find_another_partner(three):
    three.register("d", wish("d", days=15))
    assert three.of("d").state == "waiting"
    three.withdraw("a")

    assert members(three) == [["b", "c", "d"]]


def test_withdrawing_nothing_is_said(interests):
    assert interests.withdraw("a") is False


def test_erasing_the_conversation_withdraws_the_interest(engine, interests):
    log = ConversationLog(engine, TickingClock())
    _, conversation = log.start()
    for name in ("a", "b", conversation.id):
        interests.register(name, wish(name))
    log.delete(conversation)

    assert interests.of(conversation.id) is None
    assert interests.groups() == []
    assert interests.of("a").state == "waiting"


@pytest.mark.parametrize("way", ["withdraw", "delete"])
def test_erasing_leaves_nothing_in_the_files(tmp_path, way):
    engine = open_record(f"sqlite:///{tmp_path / 'record.db'}")
    interests, log = Interests(engine, TickingClock()), ConversationLog(engine, TickingClock())
    _, conversation = log.start()
    interests.register(conversation.id, wish("introuvable", trade="introuvable", consent="introuvable"))
    files = [file for file in tmp_path.iterdir() if file.suffix != ".db-shm"]
    assert any(b"introuvable" in file.read_bytes() for file in files)
    if way == "withdraw":
        interests.withdraw(conversation.id)
    else:
        log.delete(conversation)

    assert not any(b"introuvable" in file.read_bytes() for file in files)
    engine.dispose()


def test_many_at_once_make_groups_all_the_same(interests):
    threads = [
        threading.Thread(target=lambda name=name: interests.register(name, wish(name))) for name in "abc"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert members(interests) == [["a", "b", "c"]]


def test_a_database_that_is_away_is_said(tmp_path):
    engine = open_record(f"sqlite:///{tmp_path / 'record.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE interests RENAME TO away")

    with pytest.raises(RecordUnreachable):
        Interests(engine, TickingClock()).register("a", WISH)
    engine.dispose()


def test_the_record_may_be_opened_by_many_at_the_same_moment(tmp_path):
    url = f"sqlite:///{tmp_path / 'record.db'}"
    with ThreadPoolExecutor(6) as pool:
        for engine in pool.map(lambda _: open_record(url), range(6)):
            engine.dispose()


def test_the_rule_itself():
    a, b, c = wish("a", skills=("website", "software")), wish("b", skills=("software",)), wish("c", skills=())
    assert common_skills([a, b, c]) == ("software",)
    assert common_skills([c]) == ()
    assert fits([a, b, c])
    assert not fits([a, b])
    assert not fits([a, b, wish("d", skills=("website",))])
