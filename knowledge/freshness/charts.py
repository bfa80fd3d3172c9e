"""Geometry of the charts, in the units of their viewBox; the page draws it."""

from dataclasses import dataclass

from knowledge.freshness.tables import Table

WIDTH, HEIGHT, BOTTOM, TOP = 760, 300, 40, 24
FILLED = 0.7  # of the width of a column


@dataclass(frozen=True)
class Part:
    """One part of a stacked column: `series` is its rank among the number columns of the table."""

    series: int
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    """One stacked column, with its label below and its total above."""

    label: str
    total: int
    x: float
    width: float
    top: float
    parts: list[Part]

    @property
    def middle(self) -> float:
        """Return where its labels are centred."""
        return round(self.x + self.width / 2, 1)


def columns(table: Table) -> list[Column]:
    """Return a column for each row of a table, stacked from its numbers; nothing for a table without rows."""
    numbers = [row[table.labels :] for row in table.rows]
    highest = max((sum(row) for row in numbers), default=0) or 1
    scale, step = (HEIGHT - BOTTOM - TOP) / highest, WIDTH / max(len(numbers), 1)
    return [
        _column(str(row[0]), values, scale, (rank + (1 - FILLED) / 2) * step, FILLED * step)
        for rank, (row, values) in enumerate(zip(table.rows, numbers, strict=True))
    ]


def shares(values: list[int], most: int) -> list[float]:
    """Return values as percents of `most`, for a bar; 0 where there is nothing to compare with."""
    return [round(100 * value / most, 2) if most else 0.0 for value in values]


def _column(label: str, values: list[int], scale: float, x: float, width: float) -> Column:
    y, parts = float(HEIGHT - BOTTOM), []
    for series, value in enumerate(values):
        y -= value * scale
        if value:
            parts.append(Part(series, round(y, 1), round(value * scale, 1)))
    return Column(label, sum(values), round(x, 1), round(width, 1), round(y, 1), parts)
