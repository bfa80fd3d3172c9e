import random

import pytest

from bot.nlu.mistyping import mistyped, mistyped_copies
from bot.nlu.need_example import Example

LONG = "je voudrais refaire le site internet de ma boulangerie " * 20


def test_nothing_is_mistyped_at_rate_zero():
    assert mistyped(LONG, 0.0, random.Random(1)) == LONG


def test_about_the_rate_is_mistyped():
    # A slip at every letter would leave no word whole; at one letter in twenty, most words of seven letters are.
    words = LONG.split()
    typed = mistyped(LONG, 0.05, random.Random(1)).split(" ")
    whole = sum(one == other for one, other in zip(words, typed, strict=False)) / len(words)
    assert whole == pytest.approx(0.95**5.2, abs=0.1)


def test_masks_are_not_typed_by_anybody():
    text = mistyped("à xlocation " * 50, 0.9, random.Random(1), frozenset({"xlocation"}))
    assert text.count("xlocation") == 50


def test_copies_keep_what_a_message_says_and_come_out_the_same_each_time():
    said = [f"un site internet pour mon salon {number}" for number in range(40)]
    examples = [Example(text, "need_website", ("website",), "bourg") for text in said]
    copies = mistyped_copies(examples, 0.5, (0.1, 0.2), frozenset(), seed=3)
    assert 10 < len(copies) < 30
    assert {(each.label, each.needs, each.voice) for each in copies} == {
        ("need_website", ("website",), "bourg")
    }
    assert copies == mistyped_copies(examples, 0.5, (0.1, 0.2), frozenset(), seed=3)
