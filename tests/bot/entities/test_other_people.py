"""A trade told of a relative, a neighbour or a supplier is not the owner's."""

import pytest

from bot.nlu.entities import vocabulary
from bot.nlu.entities.message import Message
from bot.nlu.entities.other_people import OtherPeople


@pytest.fixture(scope="module")
def others():
    return OtherPeople(vocabulary.read("sectors"))


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("mon oncle charpentier", "charpentier"),
        ("une amie qui est potière", "potiere"),
        ("le boucher d'en face", "boucher"),
        ("mon maçon m'a dit", "macon"),
        ("les voisins du garage", "garage"),
    ],
)
def test_it_is_another_who_practises(others, text, trade):
    message = Message(text)
    at = message.keys.index(trade)
    assert others.practise(message, at, at)


@pytest.mark.parametrize(
    ("text", "trade"), [("je suis le boucher du coin", "boucher"), ("mon garage me prend tout", "garage")]
)
def test_the_owner_practises(others, text, trade):
    message = Message(text)
    at = message.keys.index(trade)
    assert not others.practise(message, at, at)
