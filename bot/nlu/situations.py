"""Training messages as owners say them: the same need with a place, a trade or a headcount around it, the same wish
with a greeting before it or thanks behind it.

Without such examples, many facts in a message look like a bare answer, and a message that is polite like politeness.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.nlu.need_example import Example

SAID = "{said}"


def situated(
    examples: Sequence[Example], situations: Sequence[str], share: float, seed: int = 0
) -> list[Example]:
    """Return a copy of about `share` of the need examples, each put in one of `situations` (« {said} à xlocation »)."""
    return [
        Example(_within(chance.choice(situations), example), example.label, example.needs)
        for example, chance in with_chances(examples, f"situated {seed}")
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
    return [
        replace(example, text=_within(chance.choice(manners), example))
        for example, chance in with_chances(examples, f"polite {seed}")
        if manners and example.label not in left_out and chance.random() < share
    ]


def with_chances(examples: Sequence[Example], seed: str) -> Iterator[tuple[Example, random.Random]]:
    """Yield each example with chances of its own: a message that is added or left out changes no other's copies."""
    for example in examples:
        yield example, random.Random(f"{seed} {example.text}")


def _within(pattern: str, example: Example) -> str:
    return pattern.replace(SAID, example.text.rstrip(" .!?"))
