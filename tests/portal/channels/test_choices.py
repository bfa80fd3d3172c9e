from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.views import Message
from portal.channels import choices

AT = datetime(2026, 1, 5, tzinfo=timezone.utc)
OFFERED = ["Les aides", "Un autre contact", "Rien"]


def bot(number, titles, turn="m1", state="answered"):
    buttons = [{"title": title, "payload": f"{title}."} for title in titles] or None
    return Message(number, "bot", "Voici.", buttons, None, AT, turn, state)


def owner(number, turn="m1", state="answered"):
    return Message(number, "owner", "bonjour", None, None, AT, turn, state)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2", "Un autre contact."),
        (" 2. ", "Un autre contact."),
        ("2)", "Un autre contact."),
        ("le 2", "Un autre contact."),
        ("Option 2", "Un autre contact."),
        ("choix n° 2", "Un autre contact."),
        ("la 3 !", "Rien."),
        ("0", "0"),
        ("4", "4"),
        ("29000", "29000"),
        ("2 salariés", "2 salariés"),
        ("on est 2", "on est 2"),
        ("02 98 00 00 00", "02 98 00 00 00"),
    ],
)
def test_a_number_stands_for_what_was_offered(text, words):
    assert choices.by_number(text, [owner(1), bot(2, OFFERED)]) == words


def test_numbers_run_on_over_the_messages_of_one_answer():
    transcript = [owner(1), bot(2, ["un"]), bot(3, ["deux", "trois"])]
    assert choices.by_number("3", transcript) == "trois."


def test_only_the_last_answer_counts():
    """« Combien de salariés ? » offers nothing: « 2 » is then a number."""
    transcript = [owner(1), bot(2, OFFERED), owner(3, "m2"), bot(4, [], "m2")]
    assert choices.by_number("2", transcript) == "2"


def test_a_notice_of_failure_offers_nothing_and_takes_nothing_away():
    transcript = [owner(1), bot(2, OFFERED), owner(3, "m2", "failed"), bot(4, [], "m2", "failed")]
    assert choices.by_number("2", transcript) == "Un autre contact."


def test_before_any_answer_a_number_is_a_number():
    assert choices.by_number("2", []) == "2"


@given(st.text(min_size=1, max_size=120), st.integers(20, 64))
def test_a_choice_is_found_again_however_long_its_words(payload, limit):
    transcript = [Message(1, "bot", "?", [{"title": "x", "payload": payload}], None, AT, "m1", "answered")]
    name = choices.named(payload, limit)
    assert len(name.encode()) <= limit
    if not payload.startswith(choices.MARK):
        assert choices.meant(name, transcript) == payload


def test_a_mark_that_nobody_offered_stays_as_it_is():
    assert choices.meant("#0123456789abcdef", [bot(1, OFFERED)]) == "#0123456789abcdef"


@given(st.text(min_size=1, max_size=80), st.integers(4, 40))
def test_titles_fit(title, limit):
    assert len(choices.short(title, limit)) <= limit


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Les aides", "Les aides"),
        ("Exactement vingt si.", "Exactement vingt si."),
        ("Pourquoi ce contact ?", "Pourquoi ce contact…"),
        ("Voir d’autres contacts", "Voir d’autres conta…"),
        ("Anticonstitutionnellement", "Anticonstitutionnel…"),
    ],
)
def test_titles_are_cut_at_a_word(title, short):
    assert choices.short(title, 20) == short
