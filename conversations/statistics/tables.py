"""The tables that conversations are counted in, and the sums that tie them together.

A conversation counts once for each need that was heard in it, and once for `NO_NEED` where none was. A cell is a
table, a row and a need; `ALL` is the total over needs. An empty code stands for what the owner did not say.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from conversations.statistics.suppression import Sum
from yaml_files import read_yaml

FILE = Path(__file__).with_name("trades.yml")
ALL, NO_NEED, UNKNOWN = "*", "none", ""
COUNTRY, REGION, DEPARTEMENT, SIZE, TRADE = "country", "region", "departement", "size", "trade"
OUTCOME, REST = "outcome", "rest"
# What became of a conversation; `REST` holds those of whom it is not true, which nobody is shown.
OUTCOMES = ("doubtful", "failed", "thumb_up", "thumb_down", "requested")
SIZES = ("0", "1-9", "10-49", "50+", UNKNOWN)


class Cell(NamedTuple):
    """One count: of which table, of which row (a code), for which need."""

    table: str
    row: str
    need: str


# By the code of a row and a need.
Tally = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Area:
    """Needs said in a row of the départements (`R53` where only the région is known), all of one need.

    `outcomes` says of how many each outcome is true.
    """

    row: str
    region: str
    need: str
    count: int
    outcomes: Mapping[str, int]


def tally(areas: Iterable[Area], sizes: Tally, trades: Tally) -> dict[Cell, int]:
    """Return the counts of all tables; `trades` are by division. What is not there is zero."""
    counts: Counter[Cell] = Counter()
    for each in areas:
        for need in (each.need, ALL):
            counts[Cell(COUNTRY, "", need)] += each.count
            counts[Cell(REGION, each.region, need)] += each.count
            counts[Cell(DEPARTEMENT, each.row, need)] += each.count
            for outcome in OUTCOMES:
                counts[Cell(OUTCOME, outcome, need)] += each.outcomes[outcome]
                counts[Cell(REST, outcome, need)] += each.count - each.outcomes[outcome]
    for table, tallied in ((SIZE, sizes), (TRADE, trades)):
        for (row, said), count in tallied.items():
            for need in (said, ALL):
                counts[Cell(table, row if table == SIZE else section_of(row), need)] += count
    return dict(counts)


def sums_of(counts: Mapping[Cell, int], regions: Mapping[str, str]) -> list[Sum]:
    """Return the sums that everybody knows to hold; `regions` gives the région of each row of the départements."""
    rows: dict[str, list[str]] = {}
    for table, row in dict.fromkeys((cell.table, cell.row) for cell in counts):
        rows.setdefault(table, []).append(row)
    needs = sorted({cell.need for cell in counts})
    sums = [_over_needs(table, row, needs, counts) for table in rows for row in rows[table]]
    for need in needs:
        whole = Cell(COUNTRY, "", need)
        for table in (REGION, SIZE, TRADE):
            sums.append(_over(whole, (Cell(table, row, need) for row in rows.get(table, ())), counts))
        for region in rows.get(REGION, ()):
            inside = (
                Cell(DEPARTEMENT, row, need)
                for row in rows.get(DEPARTEMENT, ())
                if regions.get(row, UNKNOWN) == region
            )
            sums.append(_over(Cell(REGION, region, need), inside, counts))
        for outcome in rows.get(OUTCOME, ()):
            halves = (Cell(OUTCOME, outcome, need), Cell(REST, outcome, need))
            sums.append(_over(whole, halves, counts))
    return [each for each in sums if each.parts and each.total in counts]


def territorial(counts: Iterable[Cell]) -> frozenset[Cell]:
    """Return the cells that somebody knows who may read all conversations of their territory."""
    return frozenset(cell for cell in counts if cell.table in (REGION, DEPARTEMENT))


def section_of(division: str) -> str:
    """Return the section of a NAF division; unknown for what is none."""
    return _sections().get(division[:2], UNKNOWN)


def _over_needs(table: str, row: str, needs: list[str], counts: Mapping[Cell, int]) -> Sum:
    parts = (Cell(table, row, need) for need in needs if need != ALL)
    return _over(Cell(table, row, ALL), parts, counts)


def _over(total: Cell, parts: Iterable[Cell], counts: Mapping[Cell, int]) -> Sum:
    return Sum(total, tuple(each for each in parts if each in counts))


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    table = read_yaml(FILE)
    return {division: section for section, divisions in table.items() for division in divisions}
