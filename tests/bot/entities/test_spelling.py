"""Words that sound alike have the same sketch."""

import pytest

from bot.nlu.entities.spelling import sound


@pytest.mark.parametrize(
    ("typed", "meant"), [("mexik", "mexique"), ("amerike", "amerique"), ("marok", "maroc")]
)
def test_words_that_sound_alike_are_alike(typed, meant):
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(("one", "other"), [("suite", "suisse"), ("corse", "coree"), ("italique", "italie")])
def test_other_words_are_not(one, other):
    assert sound(one) != sound(other)
