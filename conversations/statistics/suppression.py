"""Which counts of a table are not given, so that nobody learns a small one: neither by reading nor by reckoning.

Small counts are hidden (with zeros, so that a hidden count may always be none). Then more are hidden until

1. in every sum whose total is given, what is hidden adds up to no small count, even for somebody who knows one of the
   hidden parts (an advisor knows their own territory exactly);
2. no small count follows from all that is given by any reckoning with the sums.

For 2: what is hidden and not zero are the unknowns. Where a small one does not follow from the sums, there are other
counts as close to the true ones as one likes that keep all sums, and none of them is negative.
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from conversations.statistics.reckoning import alone, reduced, row_of

LEAST = 5  # the smallest count that is given
Cell = Hashable


@dataclass(frozen=True)
class Sum:
    """`total` is the sum of `parts`: everybody knows it."""

    total: Cell
    parts: tuple[Cell, ...]


def hidden(
    counts: Mapping[Cell, int],
    sums: Sequence[Sum],
    knowable: Collection[Cell] = (),
    never: Collection[Cell] = (),
    least: int = LEAST,
) -> frozenset[Cell]:
    """Return the cells that are not given.

    `knowable` are cells that somebody may know for themselves, `never` those that are given in no case.
    """
    return _Hiding(counts, sums, knowable, never, least).run()


class _Hiding:
    def __init__(
        self,
        counts: Mapping[Cell, int],
        sums: Sequence[Sum],
        knowable: Collection[Cell],
        never: Collection[Cell],
        least: int,
    ) -> None:
        self._counts, self._sums, self._least = counts, sums, least
        self._knowable = knowable
        self._small = {cell for cell, count in counts.items() if 0 < count < least}
        self._hidden = {cell for cell, count in counts.items() if count < least} | set(never)
        self._in_sums: dict[Cell, list[Sum]] = {}
        for each in sums:
            for cell in (each.total, *each.parts):
                self._in_sums.setdefault(cell, []).append(each)

    def run(self) -> frozenset[Cell]:
        """Hide until both rules hold, or nothing is left to hide."""
        self._settle(self._sums)
        going_on = True
        while going_on:
            hid = [self._hide_near(cell) for cell in self._follow()]
            going_on = any(hid)
        return frozenset(self._hidden)

    def _settle(self, sums: Iterable[Sum]) -> None:
        """Hide until every sum that is touched keeps the first rule."""
        waiting = list(sums)
        while waiting:
            each = waiting.pop()
            while self._tells(each) and (cell := self._more(each)) is not None:
                waiting += self._in_sums[cell]

    def _tells(self, each: Sum) -> bool:
        """Say whether what is hidden of a sum adds up to a small count, with one part known."""
        if each.total in self._hidden:
            return False
        parts = [cell for cell in each.parts if cell in self._hidden and self._counts[cell]]
        if not any(cell in self._small for cell in parts):
            return False
        known = max((self._counts[cell] for cell in parts if cell in self._knowable), default=0)
        return sum(self._counts[cell] for cell in parts) - known < self._least

    def _more(self, each: Sum) -> Cell | None:
        """Hide one more count of a sum: the smallest part that is given, else the total; None where nothing is left."""
        given = [cell for cell in each.parts if cell not in self._hidden]
        cell = min(given, key=lambda one: (self._counts[one], repr(one)), default=each.total)
        if cell in self._hidden:
            return None
        self._hidden.add(cell)
        return cell

    def _hide_near(self, cell: Cell) -> bool:
        """Hide one more count in the sums of a cell, else in those that share something hidden with them, and so on.

        False where all of these are hidden already: what then follows, follows from what somebody knows for themselves.
        """
        reached, waiting = {cell}, deque([cell])
        while waiting:
            for each in self._in_sums.get(waiting.popleft(), ()):
                if (more := self._more(each)) is not None:
                    self._settle(self._in_sums[more])
                    return True
                near = {each.total, *each.parts} - reached
                reached |= near
                waiting.extend(sorted(near, key=repr))
        return False

    def _follow(self) -> list[Cell]:
        """Return the small counts that follow from what is given."""
        unknown = {cell for cell in self._hidden if self._counts[cell]}
        return sorted(alone(reduced(_row(each, unknown) for each in self._sums)) & self._small, key=repr)


def _row(each: Sum, unknown: Collection[Cell]) -> dict[Cell, Fraction]:
    factors = {cell: 1 for cell in each.parts if cell in unknown}
    return row_of(factors | ({each.total: -1} if each.total in unknown else {}))
