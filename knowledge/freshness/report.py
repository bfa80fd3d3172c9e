"""Everything the report says, counted in one pass over the records; text and page only lay it out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.codes import BodyKind, BodyLevel, Confidence, SchemeLevel, SchemeStatus
from knowledge.freshness.coverage import Coverage
from knowledge.freshness.dates import whole_years
from knowledge.freshness.facts import ADVISOR, SCHEME, Fact, FactReader
from knowledge.freshness.ground import Ground
from knowledge.freshness.holes import Lacking, named_holes
from knowledge.freshness.limits import Limits
from knowledge.freshness.staleness import Reason, ToVerify, first, to_verify
from knowledge.schema import Advisor, Scheme
from knowledge.territories import Territories

GUIDANCE = "guidance"
GROUPS = (ADVISOR, SCHEME, GUIDANCE)
OLDEST, UNDATED = 6, -1  # years: so many and more are one; without a date
TOP = 30
Guidance = Mapping[str, Mapping[str, Any]]


@dataclass
class Report:
    """The state of the knowledge base on a day.

    `confidence` and `ages` are counted by group (advisor, scheme, guidance), ages in whole years;
    `kinds` and `levels` by confidence; `schemes` by status on the day and level.
    """

    today: date
    coverage: Coverage
    limits: Limits
    sizes: Counter = field(default_factory=Counter)
    confidence: Counter[tuple[str, Confidence]] = field(default_factory=Counter)
    kinds: Counter[tuple[BodyKind, Confidence]] = field(default_factory=Counter)
    levels: Counter[tuple[BodyLevel, Confidence]] = field(default_factory=Counter)
    schemes: Counter[tuple[SchemeStatus, SchemeLevel]] = field(default_factory=Counter)
    ages: Counter[tuple[int, str]] = field(default_factory=Counter)
    seated: Counter[tuple[str, bool]] = field(default_factory=Counter)
    reasons: Counter[tuple[Reason, str]] = field(default_factory=Counter)
    to_verify: int = 0
    first: list[ToVerify] = field(default_factory=list)
    holes: list[Lacking] = field(default_factory=list)

    def count_advisor(self, advisor: Advisor) -> None:
        """Count a body by kind, by level, and in each département nearer than the country that it reaches."""
        self.kinds[advisor.kind, advisor.confidence] += 1
        self.levels[advisor.level, advisor.confidence] += 1
        self.coverage.add_advisor(advisor)
        if advisor.level is BodyLevel.NATIONAL:
            return
        for code in self.coverage.reach_of(advisor).any:
            self.seated[code, advisor.confidence is Confidence.OFFICIAL] += 1

    def count_scheme(self, scheme: Scheme, fact: Fact) -> None:
        """Count a scheme by status on the day and level."""
        self.schemes[fact.status, scheme.level] += 1
        self.coverage.add_scheme(scheme, self.today)

    def count_fact(self, fact: Fact) -> None:
        """Count any record by confidence and age."""
        group = group_of(fact)
        self.sizes[group] += 1
        self.confidence[group, fact.confidence] += 1
        years = min(whole_years(fact.seen, self.today), OLDEST) if fact.seen else UNDATED
        self.ages[years, group] += 1

    def count_reasons(self, found: Iterable[ToVerify]) -> Iterator[ToVerify]:
        """Pass on what is to be verified, counted by reason."""
        for item in found:
            self.to_verify += 1
            for reason in item.reasons:
                self.reasons[reason, group_of(item.fact)] += 1
            yield item


def group_of(fact: Fact) -> str:
    """Return the group of a record: advisor, scheme, or guidance for any section."""
    return fact.record if fact.record in (ADVISOR, SCHEME) else GUIDANCE


@dataclass(frozen=True)
class Observatory:
    """What a report needs beside the records: the territories, the limits, and the day."""

    territories: Territories
    limits: Limits
    today: date

    def survey(
        self, advisors: Iterable[Advisor], schemes: Iterable[Scheme], guidance: Guidance | None = None
    ) -> Report:
        """Return the report on these records; each iterable is read once, and no record is kept but the
        first to verify.
        """
        ground = Ground(self.territories)
        report = Report(self.today, Coverage(ground), self.limits)
        reader = FactReader(ground, self.limits, self.today)
        facts = _counted(report, reader, advisors, schemes, guidance or {})
        report.first = first(report.count_reasons(to_verify(facts, self.limits, self.today)), TOP)
        report.holes = named_holes(report.coverage, self.territories)
        return report


def _counted(
    report: Report,
    reader: FactReader,
    advisors: Iterable[Advisor],
    schemes: Iterable[Scheme],
    guidance: Guidance,
) -> Iterator[Fact]:
    for fact in _facts(report, reader, advisors, schemes, guidance):
        report.count_fact(fact)
        yield fact


def _facts(report, reader, advisors, schemes, guidance) -> Iterator[Fact]:
    for advisor in advisors:
        report.count_advisor(advisor)
        yield reader.advisor(advisor)
    for scheme in schemes:
        fact = reader.scheme(scheme)
        report.count_scheme(scheme, fact)
        yield fact
    yield from reader.all([], [], guidance)
