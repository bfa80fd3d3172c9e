"""Answers in order, made only when somebody looks at them."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")


class Ranked(Sequence, Generic[Item]):
    """A sequence of `total` items, best first; `make(start, end)` fetches and words the items of a slice.

    An owner sees three of many: the others are counted, not made.
    """

    def __init__(self, total: int, make: Callable[[int, int], list[Item]]):
        self._total, self._make = total, make

    def __len__(self) -> int:
        return self._total

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...

    def __getitem__(self, index):
        if isinstance(index, slice):
            start, end, step = index.indices(self._total)
            return self._make(start, max(start, end))[::step] if step > 0 else list(self)[index]
        place = range(self._total)[index]  # negative and out of range as in any sequence
        return self._make(place, place + 1)[0]

    def __iter__(self):
        return iter(self._make(0, self._total))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)
