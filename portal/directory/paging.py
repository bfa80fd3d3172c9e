"""Long lists on numbered pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
ON_A_PAGE = 12
AROUND = 1  # pages named on either side of this one


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list; `first` is the place of its first item, counted from 1."""

    items: list[Item]
    number: int
    last: int
    total: int

    @property
    def first(self) -> int:
        """Return the place of its first item in the list."""
        return (self.number - 1) * ON_A_PAGE + 1

    @property
    def numbers(self) -> list[int | None]:
        """Return the pages to name: the first, the last and those around this one; None stands for those between."""
        named = sorted(
            {1, self.last, *range(max(1, self.number - AROUND), min(self.last, self.number + AROUND) + 1)}
        )
        told: list[int | None] = []
        for number in named:
            if told and told[-1] is not None and number > told[-1] + 1:
                told.append(None)
            told.append(number)
        return told


def page_of(found: Sequence[Item], number: int) -> Page[Item]:
    """Return the page of that number, the last one where there are not so many."""
    last = max(1, -(-len(found) // ON_A_PAGE))
    number = min(number, last)
    start = (number - 1) * ON_A_PAGE
    return Page(list(found[start : start + ON_A_PAGE]), number, last, len(found))
