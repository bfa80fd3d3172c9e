"""A town that opens a message, and towns that are seldom meant as the word."""

import pytest

from bot.nlu.entities import EntityExtractor


@pytest.fixture(scope="module")
def extractor():
    return EntityExtractor.load()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bordeaux, magasin de jouets, deux vendeuses", "33063"),
        ("Tours, boulangerie de quartier", "37261"),
        ("A CALVI JE L'AI DIT", "2B050"),
    ],
)
def test_found(extractor, text, code):
    places = [each for each in extractor.extract(text) if each.entity == "location"]
    assert [place.additional_info["code"] for place in places] == [code]


@pytest.mark.parametrize(
    "text", ["Bordeaux rouge et blanc en vente directe", "merci, c'est noté", "Signes, symboles et logos"]
)
def test_not_found(extractor, text):
    assert [each.text for each in extractor.extract(text) if each.entity == "location"] == []
