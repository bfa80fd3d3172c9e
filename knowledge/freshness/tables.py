"""The tables of the report, the same for text and page: a title, headings, rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.codes import Confidence, Need, SchemeLevel, SchemeStatus
from knowledge.freshness.coverage import NATIONAL, Hole
from knowledge.freshness.holes import Lacking
from knowledge.freshness.report import GROUPS, OLDEST, UNDATED, Report
from knowledge.freshness.staleness import Reason, ToVerify
from knowledge.freshness.words import Words

AGES = (*range(OLDEST + 1), UNDATED)


@dataclass(frozen=True)
class Table:
    """One table: its first `labels` columns are words, the others numbers."""

    key: str
    title: str
    headings: list[str]
    rows: list[list[str | int]]
    labels: int = 1


@dataclass(frozen=True)
class Lack:
    """Needs that lack the same thing in the same places, in words; `count` is how many places."""

    needs: str
    lacking: str
    where: str
    count: int


class Tables:
    """Lays a report out in tables."""

    def __init__(self, report: Report, words: Words):
        self._report, self._words = report, words

    def counts(self) -> Table:
        """Return records by confidence and group."""
        counted = self._report.confidence
        rows = [
            [self._words.say("confidence", code), *(counted[group, code] for group in GROUPS)]
            for code in Confidence
        ]
        return self._table("counts", ["confidence"], rows, groups=True)

    def kinds(self) -> Table:
        """Return bodies by kind: all, verified, to check; the most numerous first."""
        return self._bodies("kinds", "kind", self._report.kinds)

    def levels(self) -> Table:
        """Return bodies by level: all, verified, to check; the most numerous first."""
        return self._bodies("levels", "level", self._report.levels)

    def coverage(self) -> Table:
        """Return, by need, in how many départements and collectivities there is what."""
        places, rows = self._report.coverage.places, []
        for need in Need:
            cells = [self._report.coverage.cell(need, place.code) for place in places]
            holes = Counter(cell.hole for cell in cells)
            lacks = [holes[hole] for hole in (Hole.UNVERIFIED, Hole.ONLY_NATIONAL, Hole.NOBODY)]
            funded = sum(cell.schemes > 0 for cell in cells)
            rows.append([self._words.say("needs", need), holes[None], *lacks, funded])
        headings = ["need", "covered", "unverified", "only_national", "nobody", "funded"]
        return self._table("coverage", headings, rows)

    def departements(self) -> Table:
        """Return, by département, the bodies nearer than the country, and the needs that lack a verified one."""
        rows, seated = [], self._report.seated
        for place in self._report.coverage.places:
            cells = [self._report.coverage.cell(need, place.code) for need in Need]
            lacking = sum(cell.hole is not None for cell in cells)
            near = [seated[place.code, True], seated[place.code, False]]
            rows.append([f"{place.code} {place.name}", *near, lacking])
        return self._table(
            "departements", ["departement", "near_verified", "near_to_check", "lacking_needs"], rows
        )

    def need(self, need: Need) -> Table:
        """Return one need by département."""
        rows = []
        for place in self._report.coverage.places:
            cell = self._report.coverage.cell(need, place.code)
            national = cell.verified[NATIONAL] + cell.to_check[NATIONAL]
            rows.append(
                [f"{place.code} {place.name}", cell.near_verified, cell.near_to_check, national, cell.schemes]
            )
        headings = ["departement", "near", "others", "national", "funds"]
        return Table(f"need-{need.value}", self._words.say("needs", need), self._columns(headings), rows)

    def holes(self) -> Table:
        """Return the named holes, the worst and widest first: needs that lack the same, what, where, how many."""
        rows = [[lack.needs, lack.lacking, lack.where, lack.count] for lack in self.lacks()]
        return self._table("holes", ["needs", "lacking", "where", "number"], rows, labels=3)

    def lacks(self) -> list[Lack]:
        """Return the named holes in words, the worst and widest first."""
        alike: dict[tuple, list[Lacking]] = defaultdict(list)
        for lacking in self._report.holes:
            alike[lacking.hole, lacking.codes].append(lacking)
        order = sorted(alike, key=lambda key: (key[0], -len(key[1]), sorted(key[1])))
        return [self._lack(alike[key]) for key in order]

    def _lack(self, alike: list[Lacking]) -> Lack:
        return Lack(
            needs=", ".join(self._words.say("needs", lacking.need) for lacking in alike),
            lacking=self._words.say("holes", alike[0].hole.name.lower()),
            where=self._words.places(alike[0]),
            count=len(alike[0].codes),
        )

    def ages(self) -> Table:
        """Return records by age in whole years and group."""
        counted = self._report.ages
        rows = [[self._words.age(years), *(counted[years, group] for group in GROUPS)] for years in AGES]
        return self._table("ages", ["age"], rows, groups=True)

    def schemes(self) -> Table:
        """Return schemes by status on the day and level."""
        counted = self._report.schemes
        rows = [
            [self._words.say("status", status), *(counted[status, level] for level in SchemeLevel)]
            for status in SchemeStatus
        ]
        levels = [self._words.say("levels", level) for level in SchemeLevel]
        headings = [*self._columns(["status"]), *levels]
        return Table("schemes", self._words.say("report", "schemes"), headings, rows)

    def reasons(self) -> Table:
        """Return records to verify by reason and group; a record may have several reasons."""
        counted = self._report.reasons
        rows = [
            [self._words.say("reasons", reason), *(counted[reason, group] for group in GROUPS)]
            for reason in Reason
        ]
        return self._table("reasons", ["reason"], rows, groups=True)

    def first(self) -> Table:
        """Return what to verify first."""
        return verification(self._report.first, self._words)

    def _bodies(self, key: str, heading: str, counted: Counter) -> Table:
        totals: Counter = Counter()
        for (code, _), count in counted.items():
            totals[code] += count
        rows = []
        for code, total in sorted(totals.items(), key=lambda item: (-item[1], item[0].value)):
            verified = counted[code, Confidence.OFFICIAL]
            rows.append([self._words.say(key, code), total, verified, total - verified])
        return self._table(key, [heading, "total", "verified", "to_check"], rows)

    def _table(
        self, key: str, headings: list[str], rows: list, labels: int = 1, groups: bool = False
    ) -> Table:
        named = self._columns(headings)
        named += [self._words.say("groups", group) for group in GROUPS] if groups else []
        return Table(key, self._words.say("report", key), named, rows, labels)

    def _columns(self, headings: list[str]) -> list[str]:
        return [self._words.say("columns", heading) for heading in headings]


def verification(found: Iterable[ToVerify], words: Words) -> Table:
    """Return records to verify, in the order given."""
    headings = ["record", "id", "title", "seen", "reasons"]
    rows = [
        [
            words.record(item.fact),
            item.fact.id,
            item.fact.title,
            words.day(item.fact.seen),
            words.reasons(item.reasons),
        ]
        for item in found
    ]
    named = [words.say("columns", heading) for heading in headings]
    return Table("first", words.say("report", "first"), named, rows, labels=len(headings))
