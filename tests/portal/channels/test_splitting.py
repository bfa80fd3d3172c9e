import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.channels.splitting import split, utf16, within

TEXTS = st.text(st.sampled_from("ab é’.!?…,;:»« \n\n\u00a0\u202f👍🇫🇷"), max_size=400)


@given(TEXTS, st.integers(2, 60))
def test_every_part_fits_and_nothing_but_white_space_is_lost(text, limit):
    parts = split(text, within(limit))
    assert all(part and utf16(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(TEXTS, st.integers(2, 60))
def test_no_part_is_cut_without_need(text, limit):
    parts = split(text, within(limit))
    assert (len(parts) == 1) == (0 < utf16(text.strip()) <= limit) or not text.strip()


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("Un. Deux.", 20, ["Un. Deux."]),
        ("Une phrase. Une autre phrase.", 20, ["Une phrase.", "Une autre phrase."]),
        ("Un titre\n\n1. CCI, rue Neuve. Tél. 02", 25, ["Un titre\n\n1. CCI,", "rue Neuve. Tél. 02"]),
        ("Premier contact\nSecond contact. Suite.", 26, ["Premier contact", "Second contact. Suite."]),
        ("sans aucune ponctuation du tout", 12, ["sans aucune", "ponctuation", "du tout"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("Est-ce « ouvert » ? Oui.", 20, ["Est-ce « ouvert » ?", "Oui."]),
        ("   ", 4, []),
    ],
)
def test_texts_are_cut_where_a_reader_pauses(text, limit, parts):
    assert split(text, within(limit)) == parts
