"""What follows from sums, exactly: which unknowns have one value only.

A row is a linear combination of unknowns whose value is known. Reduced (Gauss and Jordan, in fractions), an unknown
follows from the rows exactly when a row holds it alone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

Unknown = Hashable
Row = dict[Unknown, Fraction]


def row_of(factors: Mapping[Unknown, int]) -> Row:
    """Return a row with these factors; zeros are left out."""
    return {unknown: Fraction(factor) for unknown, factor in factors.items() if factor}


def reduced(rows: Iterable[Row]) -> list[Row]:
    """Return rows that say the same, each with an unknown that no other row holds; `rows` are left as they are."""
    work = _Work(rows)
    for at in range(len(work.rows)):
        work.settle(at)
    return [row for row in work.rows if row]


def alone(rows: Iterable[Row]) -> set[Unknown]:
    """Return the unknowns that follow from reduced rows."""
    return {next(iter(row)) for row in rows if len(row) == 1}


class _Work:
    """Rows under elimination, with the rows that hold each unknown."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = [dict(row) for row in rows]
        self._holding: dict[Unknown, set[int]] = defaultdict(set)
        for at, row in enumerate(self.rows):
            for unknown in row:
                self._holding[unknown].add(at)

    def settle(self, at: int) -> None:
        """Give a row an unknown of its own: the one that fewest other rows hold."""
        row = self.rows[at]
        if not row:
            return
        own = min(row, key=lambda unknown: (len(self._holding[unknown]), repr(unknown)))
        for other in sorted(self._holding[own] - {at}):
            self._take_away(other, at, self.rows[other][own] / row[own])

    def _take_away(self, other: int, at: int, times: Fraction) -> None:
        target = self.rows[other]
        for unknown, factor in self.rows[at].items():
            left = target.get(unknown, 0) - times * factor
            if left:
                target[unknown] = left
                self._holding[unknown].add(other)
            elif unknown in target:
                del target[unknown]
                self._holding[unknown].discard(other)
