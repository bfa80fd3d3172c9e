"""Training messages as owners say them: the same need with a place, a trade or a headcount around it, the same wish
with a greeting before it or thanks behind it.

Without such examples, many facts in a message look like a bare answer, and a message that is polite like politeness.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.nlu.need_example import Example

SAID = "{said}"


def situated(
    examples: Sequence[Example], situations: Sequence[str], share: float, seed: int = 0
) -> list[Example]:
    """Return a copy of about `share` of the need examples, each put in one of `situations` (« {said} à xlocation »)."""
    chance = random.Random(seed)
    return [
        Example(
            chance.choice(situations).replace(SAID, example.text.rstrip(" .!?")), example.label, example.needs
        )
        for example in examples
        if situations and example.needs and chance.random() < share
    ]


def polite(
    examples: Sequence[Example],
    manners: Sequence[str],
    left_out: Collection[str],
    share: float,
    seed: int = 0,
) -> list[Example]:
    """Return a copy of about `share` of the examples, each said with one of `manners` (« bonjour, {said} »).

    Those with a label of `left_out` have none: « oui » or « bonjour » may be all that they say.
    """
    chance = random.Random(seed)
    return [
        replace(example, text=chance.choice(manners).replace(SAID, example.text.rstrip(" .!?")))
        for example in examples
        if manners and example.label not in left_out and chance.random() < share
    ]
