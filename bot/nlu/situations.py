"""Training messages put in a situation: the same need, said with a place, a trade or a headcount around it.

Owners often give these with their need; without such examples, many facts in a message look like a bare answer.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

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
