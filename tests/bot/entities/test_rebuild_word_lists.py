"""The lists of words that look like names come from a script and stand as it writes them."""

import pytest

from bot.nlu.entities import rebuild_word_lists, vocabulary
from knowledge.territories import load_territories


@pytest.fixture(scope="module")
def forms():
    return rebuild_word_lists.word_forms()


def test_the_words_that_look_like_a_place_are_those_of_the_script(forms):
    found = rebuild_word_lists.never_places(forms, load_territories())
    assert found == vocabulary.read("place_words")["never_places"]


def test_the_words_that_look_like_a_country_are_those_of_the_script(forms):
    assert rebuild_word_lists.never_countries(forms) == vocabulary.read("countries")["never_countries"]


def test_the_words_that_look_like_a_misspelt_trade_are_those_of_the_script(forms):
    assert rebuild_word_lists.never_trades(forms) == vocabulary.read("sectors")["never_trades"]


def test_a_list_is_replaced_and_the_rest_stays():
    text = "# kept\nbefore: [a]\nlist:\n  [\n    old,\n  ]\nafter: [b]\n"
    assert rebuild_word_lists.with_list(text, "list", ["new", "words"]) == text.replace("old", "new, words")
