from hypothesis import given
from hypothesis import strategies as st

from portal.text import read_text


@given(st.text(st.characters(), max_size=300))
def test_any_text_can_be_stored_and_read(raw):
    words = read_text(raw, limit=100)

    assert len(words.text) <= 100
    words.text.encode("utf-8")
    assert "\x00" not in words.text


def test_only_what_is_lost_counts_as_cut():
    assert not read_text("a" * 10 + "\n\n", limit=10).cut
    assert read_text("a" * 11, limit=10).cut
