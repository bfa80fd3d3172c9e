import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import parted, read_text


@given(st.text(st.characters(), max_size=300))
def test_any_text_can_be_stored_and_read(raw):
    words = read_text(raw, limit=100)

    assert len(words.text) <= 100
    words.text.encode("utf-8")
    assert "\x00" not in words.text


def test_only_what_is_lost_counts_as_cut():
    assert not read_text("a" * 10 + "\n\n", limit=10).cut
    assert read_text("a" * 11, limit=10).cut


@given(st.text(st.characters(), max_size=300), st.integers(min_value=1, max_value=100))
def test_nothing_is_lost_between_the_parts_of_a_long_text(raw, limit):
    first, rest = parted(raw, limit)

    assert len(first) <= limit
    whole = read_text(raw, len(raw)).text
    assert "".join((first + rest).split()) == "".join(whole.split())


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("dix lettres", ("dix lettres", "")),
        ("treize lettres ici", ("treize", "lettres ici")),
        ("anticonstitutionnellement", ("anticonstit", "utionnellement")),
        ("un\nanticonstitutionnel", ("un\nanticons", "titutionnel")),
        ("  bord  ", ("bord", "")),
    ],
)
def test_a_long_text_is_parted_between_words(raw, parts):
    assert parted(raw, 11) == parts
