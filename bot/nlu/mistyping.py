"""Slips of the fingers: letters left out, doubled, exchanged, or replaced by a neighbour on the keyboard.

Training on mistyped copies of the messages is what makes the separators bear the slips of hurried owners.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.need_example import Example
from bot.nlu.situations import with_chances

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")  # a French keyboard
_SLIPS = ("drop", "double", "swap", "neighbour")


def mistyped_copies(
    examples: Sequence[Example], share: float, rates: tuple[float, float], kept: frozenset[str], seed: int = 0
) -> list[Example]:
    """Return copies of about `share` of the examples, each with a rate of mistyped letters drawn between `rates`.

    The words `kept` (masks of entities, which nobody types) stay as they are.
    """
    return [
        replace(example, text=mistyped(example.text, chance.uniform(*rates), chance, kept))
        for example, chance in with_chances(examples, f"mistyped {seed}")
        if chance.random() < share
    ]


def mistyped(text: str, rate: float, chance: random.Random, kept: frozenset[str] = frozenset()) -> str:
    """Return `text` with about `rate` of its letters mistyped, the words `kept` aside."""
    return " ".join(word if word in kept else _word(word, rate, chance) for word in text.split(" "))


def _word(word: str, rate: float, chance: random.Random) -> str:
    letters = list(word)
    for at, letter in enumerate(letters):
        if letter.isalpha() and chance.random() < rate:
            slip = chance.choice(_SLIPS)
            if slip == "swap" and at + 1 < len(letters):
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            else:
                letters[at] = {"drop": "", "double": letter * 2}.get(slip, _neighbour(letter, chance))
    return "".join(letters)


def _neighbour(letter: str, chance: random.Random) -> str:
    row = next((row for row in _ROWS if letter.lower() in row), letter)
    at = row.find(letter.lower())
    return chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2] or letter)
