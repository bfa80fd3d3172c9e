"""A postcode that no commune has can be said to be unknown."""

import pytest

from bot.nlu.entities import find_unknown_postcode
from knowledge.territories import load_territories


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("99999", "99999"),
        ("mon code postal est le 29999", None),
        ("code postal 29999", "29999"),
        ("29999 Quimper", "29999"),
        ("29000 Quimper", None),
        ("29556 Quimper cedex", None),
        ("j'ai vendu 29999 savons", None),
        ("", None),
    ],
)
def test_only_what_is_given_as_a_postcode_can_be_unknown(text, code):
    assert find_unknown_postcode(text, load_territories()) == code
