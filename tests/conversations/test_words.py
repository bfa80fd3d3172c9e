import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.excerpts import excerpt
from conversations.queries import read_query
from conversations.words import fold, stem_of, stems, words


@pytest.mark.parametrize(
    "words",
    [
        ("site", "sites", "Site", "SITES"),
        ("crêperie", "creperies", "CRÊPERIE"),
        ("œuvre", "oeuvres"),
        ("journal", "journaux"),
        ("numérique", "numeriques"),
        ("boulanger", "boulangers"),
        ("aide", "aides"),
    ],
)
def test_the_same_word_written_otherwise_has_the_same_stem(words):
    assert len({stem_of(word) for word in words}) == 1


@pytest.mark.parametrize("word", ["le", "DES", "à", "y", "3"])
def test_words_that_tell_nothing_apart_are_left_out(word):
    assert stem_of(word) is None


def test_numbers_keep_all_their_figures():
    assert stem_of("200000") != stem_of("20000")
    assert stem_of("cma33") != stem_of("cma3")


def test_elisions_and_addresses_are_several_words():
    apart = ["atelier", "anne", "anne", "atelier", "example"]
    assert stems("l’atelier d'Anne : anne@atelier.example") == [stem_of(word) for word in apart]


@given(st.text(max_size=300))
def test_a_stem_is_letters_and_figures_whatever_is_typed(text):
    for word in words(text):
        assert word.stem.isalnum()
        assert fold(word.stem) == word.stem
        assert text[word.start : word.end]


@given(st.text(max_size=300), st.integers(0, 10))
def test_an_excerpt_is_part_of_the_text(text, number):
    found = list(words(text))
    stem = found[number % len(found)].stem if found else "rien"
    pieces = excerpt(text, {stem})
    assert bool(pieces) == any(word.stem == stem for word in found)
    shown = "".join(piece.text for piece in pieces)
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert all(stem_of(piece.text) == stem for piece in pieces if piece.marked)


def test_an_excerpt_begins_and_ends_between_words():
    text = "un mot " * 60 + "introuvable " + "un mot " * 60
    pieces = excerpt(text, {stem_of("introuvable")})
    assert [piece.text for piece in pieces if piece.marked] == ["introuvable"]
    assert pieces[0].text == "… "
    assert pieces[-1].text.endswith(" …")
    assert sum(len(piece.text) for piece in pieces) < 300


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("site internet", (("site",), ("internet",)), ()),
        ('"chèque numérique" -région', (("chèque", "numérique"),), (("région",),)),
        ("« chèque numérique »", (("chèque", "numérique"),), ()),
        ("click-and-collect", (("click", "and", "collect"),), ()),
        ("le la -de", (), ()),
        ('AND OR NOT NEAR( * ^ "', (("and",), ("or",), ("not",), ("near",)), ()),
        ("'; DROP TABLE turns; --", (("drop",), ("tables",), ("turns",)), ()),
        ("", (), ()),
    ],
)
def test_what_is_typed_is_read_as_words(typed, wanted, unwanted):
    query = read_query(typed)
    assert query.wanted == tuple(tuple(map(stem_of, term)) for term in wanted)
    assert query.unwanted == tuple(tuple(map(stem_of, term)) for term in unwanted)
    assert bool(query) == bool(wanted)
