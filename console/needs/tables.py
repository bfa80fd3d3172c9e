"""Counts as tables: words on the left, numbers on the right; None is a number that is not given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from console.wording import Wording
from conversations.statistics.following import Answers, People
from conversations.statistics.tables import (
    ALL,
    COUNTRY,
    DEPARTEMENT,
    NO_NEED,
    OUTCOME,
    OUTCOMES,
    REGION,
    SIZE,
    SIZES,
    TRADE,
    Cell,
)
from knowledge.codes import Need
from knowledge.territories import Place, Territories

Counts = Mapping[Cell, int]
MOST_SCHEMES = 20


@dataclass(frozen=True)
class Table:
    """One table. The first `labels` columns are words."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    labels: int = 1

    @property
    def most(self) -> int:
        """Return the largest first number; 0 without any."""
        return max((row[self.labels] or 0 for row in self.rows), default=0)


class Tables:
    """Makes the tables of a page.

    `exact` says that what is not in the counts is zero; else it is not given. `need` chooses the need that territories,
    sizes and trades are counted for.
    """

    def __init__(self, wording: Wording, territories: Territories, exact: bool, need: str | None) -> None:
        self._words = wording.names("needs_page")
        self._territories = territories
        self._exact = exact
        self._need = need or ALL
        self._names = wording.names("needs")

    def needs(self, counts: Counts) -> Table:
        """Return each need with what became of the conversations, the most frequent first."""
        codes = [code for code in (*Need.values(), NO_NEED) if self._exact or self._said(counts, code)]
        rows = [
            (
                self.need(code),
                self._number(counts, Cell(COUNTRY, "", code)),
                *(self._number(counts, Cell(OUTCOME, outcome, code)) for outcome in OUTCOMES),
            )
            for code in codes
        ]
        return self._table(
            "needs", self._most_first(rows), (*(self._words["outcomes"][each] for each in OUTCOMES),)
        )

    def regions(self, counts: Counts) -> Table:
        """Return the régions, the most frequent first."""
        names = {place.code: place.name for place in self._territories.regions}
        return self._by("regions", REGION, names, counts)

    def departements(self, counts: Counts) -> Table:
        """Return the départements, the most frequent first."""
        names = {place.code: f"{place.name} ({place.code})" for place in self.areas}
        return self._by("departements", DEPARTEMENT, names, counts)

    def sizes(self, counts: Counts) -> Table:
        """Return the sizes of firms, smallest first."""
        return self._listed(
            "sizes", SIZE, {code: self._words["sizes"][code or "unknown"] for code in SIZES}, counts
        )

    def trades(self, counts: Counts) -> Table:
        """Return the sections of activities, the most frequent first."""
        return self._by("trades", TRADE, self._words["trades"], counts)

    def weeks(self, days: Mapping[tuple[date, str], int], since: date, until: date) -> Table:
        """Return the weeks from a day to another, by their Monday."""
        first = since - timedelta(since.weekday())
        mondays = [first + timedelta(7 * at) for at in range((until - first).days // 7 + 1)]
        counted = dict.fromkeys(mondays, 0)
        for (at, need), count in days.items():
            if self._need in (ALL, need) and (monday := at - timedelta(at.weekday())) in counted:
                counted[monday] += count
        return self._table("weeks", [(f"{monday:%d/%m}", count) for monday, count in counted.items()])

    def months(self, months: Iterable[tuple[str, Counts]]) -> Table:
        """Return the published months, the oldest first."""
        rows = [(month, counts.get(Cell(COUNTRY, "", self._need))) for month, counts in months]
        return self._table("months", rows)

    def unanswered(self, answers: Answers) -> Table:
        """Return the needs whose answers named nobody, or national bodies only."""
        codes = [
            code for code in Need.values() if answers.nothing.get(code) or answers.only_national.get(code)
        ]
        rows = [
            (self.need(code), answers.nothing.get(code, 0), answers.only_national.get(code, 0))
            for code in codes
        ]
        rows.sort(key=lambda row: (-row[1] - row[2], row[0]))
        return self._own("unanswered", rows)

    def schemes(self, answers: Answers) -> Table:
        """Return the schemes that were shown most."""
        return self._own("schemes", [(title, count) for _, title, count in answers.schemes[:MOST_SCHEMES]])

    def barriers(self, counted: Mapping[str, int]) -> Table:
        """Return what keeps owners from going on."""
        names = self._words["barriers"]
        return self._own("barriers", [(names[code], counted[code]) for code in names])

    def people(self, people: People) -> Table:
        """Return requests, with the usual time until a person took and answered them, in hours."""
        names = self._words["people"]
        rows = [
            (names["made"], people.made, None),
            (names["taken"], people.taken, _hours(people.until_taken)),
            (names["replied"], people.replied, _hours(people.until_replied)),
        ]
        return self._own("people", rows)

    def satisfaction(self, people: People) -> Table:
        """Return what owners answered when asked whether a request was answered well."""
        names = self._words["satisfaction"]
        return self._own("satisfaction", [(names[code], people.answers.get(code, 0)) for code in names])

    def need(self, code: str) -> str:
        """Return the name of a need."""
        return self._words["no_need"] if code == NO_NEED else self._names[code]

    @property
    def areas(self) -> list[Place]:
        """Return the départements and collectivities."""
        return [*self._territories.departements, *self._territories.collectivities]

    def by_departement(self, counts: Counts) -> dict[str, int | None]:
        """Return the number of each département by its code."""
        return {
            place.code: self._number(counts, Cell(DEPARTEMENT, place.code, self._need))
            for place in self.areas
        }

    def _by(self, key: str, table: str, names: Mapping[str, str], counts: Counts) -> Table:
        rows = [(name, self._number(counts, Cell(table, code, self._need))) for code, name in names.items()]
        unknown = self._number(counts, Cell(table, "", self._need))
        kept = self._most_first([row for row in rows if row[1]])
        return self._table(key, [*kept, *([(self._words["unknown"], unknown)] if unknown else [])])

    def _listed(self, key: str, table: str, names: Mapping[str, str], counts: Counts) -> Table:
        return self._table(
            key, [(name, self._number(counts, Cell(table, code, self._need))) for code, name in names.items()]
        )

    def _table(self, key: str, rows: Sequence[tuple[Any, ...]], more: tuple[str, ...] = ()) -> Table:
        words = self._words["tables"][key]
        return Table(key, words["title"], (words["row"], self._words["count"], *more), tuple(rows))

    def _own(self, key: str, rows: Sequence[tuple[Any, ...]]) -> Table:
        words = self._words["tables"][key]
        return Table(key, words["title"], tuple(words["headings"]), tuple(rows))

    def _number(self, counts: Counts, cell: Cell) -> int | None:
        return counts.get(cell, 0 if self._exact else None)

    def _said(self, counts: Counts, code: str) -> bool:
        return Cell(COUNTRY, "", code) in counts

    def _most_first(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return sorted(rows, key=lambda row: (-(row[1] or 0), row[0]))


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 1)
