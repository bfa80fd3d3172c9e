"""Numbers are read in digits and in words."""

import pytest

from bot.nlu.entities.message import Message
from bot.nlu.entities.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("douze", [12]),
        ("vingt et un", [21]),
        ("quatre-vingt-dix-sept", [97]),
        ("deux mille cinq cents", [2500]),
        ("zéro", [0]),
        ("5 000", [5000]),
        ("5.000", [5000]),
        ("3 salariés et deux apprentis", [3, 2]),
        ("29000 Quimper", [29000]),
        ("katre cent", [400]),
        ("trante sinq", [35]),
        ("dix mil", [10000]),
        ("rien", []),
    ],
)
def test_numbers_are_read(text, values):
    assert [number.value for number in find_numbers(Message(text))] == values


def test_words_that_an_entity_holds_are_left_alone():
    message = Message("12 euros")
    message.take(0, 8)
    assert find_numbers(message) == []
