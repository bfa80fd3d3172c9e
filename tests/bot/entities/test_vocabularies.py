"""The vocabularies are whole and readable: codes are codes, nothing leads nowhere."""

import re
from collections import Counter

import pytest

from bot.nlu.entities import vocabulary
from knowledge.territories import load_territories, normalise_name

DIVISIONS = 88


@pytest.fixture(scope="module")
def countries():
    return vocabulary.read("countries")


@pytest.fixture(scope="module")
def sectors():
    return vocabulary.read("sectors")


def test_every_country_code_has_two_capitals(countries):
    for part in ("names", "people", "cities", "shared_cities"):
        for code in countries[part]:
            assert isinstance(code, str), f"{part}: {code} is no text; write it in quotes"
            assert re.fullmatch("[A-Z]{2}", code), f"{part}: {code}"


def test_no_country_is_french(countries):
    french = {"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "PF", "NC", "WF"}
    assert not french & {code for part in ("names", "people", "cities") for code in countries[part]}


def test_there_are_enough_cities(countries):
    assert sum(len(cities) for cities in countries["cities"].values()) >= 200


def test_every_division_of_the_nomenclature_is_there_with_its_section(sectors):
    assert len(sectors["divisions"]) == DIVISIONS
    for code, content in sectors["divisions"].items():
        assert re.fullmatch(r"\d\d", code)
        assert content["title"]
        assert content["section"] in sectors["sections"]


def test_there_are_enough_trades(sectors):
    trades = [label for content in sectors["divisions"].values() for label in content["trades"]]
    words = [w for content in sectors["divisions"].values() for ws in content["trades"].values() for w in ws]
    assert len(trades) + len(words) >= 4_000


def test_a_craft_is_a_trade_of_its_division(sectors):
    for code, content in sectors["divisions"].items():
        if isinstance(content["craft"], list):
            words = {w for label, others in content["trades"].items() for w in (label, *others)}
            words |= {*content.get("done", ()), *content.get("offers", ())}
            assert set(content["craft"]) <= words, f"division {code}"
        else:
            assert content["craft"] in ("all", "none")


def test_no_trade_stands_twice(sectors):
    words = [
        word
        for content in sectors["divisions"].values()
        for label, others in content["trades"].items()
        for word in (label, *others)
    ]
    assert [word for word, times in Counter(words).items() if times > 1] == []


def test_every_word_of_every_list_is_text():
    for stem in ("countries", "sectors", "place_words", "company_size", "amount"):
        for words in _lists(vocabulary.read(stem)):
            assert all(isinstance(word, str) for word in words), f"{stem}: {words[:3]}"


def _lists(node):
    if isinstance(node, list):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _lists(value)


def test_place_words_are_names_of_places():
    territories = load_territories()
    known = {*territories.official, *territories.nicknames, *territories.former, *territories.bare}
    known |= {key.partition(" ")[2] for key in territories.former}
    unknown = [word for word in vocabulary.read("place_words")["words"] if word not in known]
    assert not unknown


def test_place_words_are_in_comparison_form():
    words = vocabulary.read("place_words")
    for part in ("words", "given_names", "never_places", "fillers", "never_short"):
        assert [word for word in words[part] if normalise_name(word) != word] == []
