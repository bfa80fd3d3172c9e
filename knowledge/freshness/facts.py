"""Any record as freshness sees it: what kind of fact, read when, how sure, and how many owners it concerns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from knowledge.codes import Confidence, Need, SchemeStatus
from knowledge.dates import last_day
from knowledge.freshness.coverage import area_of
from knowledge.freshness.ground import Ground
from knowledge.freshness.limits import OTHER, Limits
from knowledge.funding import last_known, status_on
from knowledge.postings import paid_needs
from knowledge.schema import Advisor, Scheme

ADVISOR, SCHEME = "advisor", "scheme"
_TITLES = ("title", "label", "term", "question", "topic", "name")
_DATES = ("price_date", "year", "seen")
_UNSURE = frozenset({"announced", "bill", "transposition"})  # states of a rule that nobody has confirmed


@dataclass(frozen=True)
class Fact:
    """One record: `record` is its sort (advisor, scheme, or a section of the guidance), `kind` a kind of fact
    in `limits.yml`, `seen` a partial date, `closing` the last day of a scheme or rule as a partial date.
    `over`: it has ended on the day; `said_over`: its record says so; `unsure`: nobody knows whether it holds.

    `exposure` is how much it concerns owners, as `limits.yml` explains; it has no unit.
    """

    record: str
    id: str
    title: str
    kind: str
    confidence: Confidence
    seen: str | None
    exposure: float
    needs: tuple[Need, ...] = ()
    url: str | None = None
    note: str | None = None
    status: SchemeStatus | None = None
    closing: str | None = None
    over: bool = False
    said_over: bool = False
    unsure: bool = False
    outdated: bool = False


class FactReader:
    """Turns records into facts; `ground` says how much of the country each one reaches."""

    def __init__(self, ground: Ground, limits: Limits, today: date):
        self._ground, self._limits, self._today = ground, limits, today

    def advisor(self, advisor: Advisor) -> Fact:
        """Return a body as a fact: its number where it has one, else what it does."""
        states = [advisor.shown.value, *(["general"] if advisor.general else [])]
        breadth = self._breadth(area_of(advisor), advisor.area_exclusions)
        return Fact(
            record=ADVISOR,
            id=advisor.id,
            title=advisor.name,
            kind="phone" if advisor.phone or advisor.email else "body",
            confidence=advisor.confidence,
            seen=advisor.seen,
            exposure=len(advisor.needs) * breadth * self._factor(states),
            needs=tuple(advisor.needs),
            url=advisor.source_url or advisor.url,
            note=advisor.editor_note,
        )

    def scheme(self, scheme: Scheme) -> Fact:
        """Return a scheme as a fact; its date is the later of the page read and of the status."""
        status, needs = status_on(scheme, self._today), paid_needs(scheme)
        narrowed = [code for code in ("narrow", "rural") if getattr(scheme, code)]
        zones, exclusions = scheme.eligibilite_geographique, scheme.eligibilite_geographique_exclusions
        return Fact(
            record=SCHEME,
            id=scheme.id,
            title=scheme.titre,
            kind=SCHEME,
            confidence=scheme.confidence,
            seen=last_known(scheme),
            exposure=len(needs) * self._breadth(zones, exclusions) * self._factor([status.value, *narrowed]),
            needs=tuple(needs),
            url=scheme.source_url or scheme.url_source,
            note=scheme.editor_note,
            status=status,
            closing=scheme.date_cloture,
            over=status is SchemeStatus.ENDED,
            said_over=scheme.status is SchemeStatus.ENDED,
            unsure=status is SchemeStatus.UNKNOWN,
        )

    def guidance(self, section: str, record: Any) -> Fact:
        """Return a record of the guidance as a fact; a section unknown to the limits is `other`."""
        needs, state, closing = tuple(record.needs), str(getattr(record, "status", "")), _last_days(record)
        repealed = state == "repealed"
        return Fact(
            record=section,
            id=record.id,
            title=_first(record, _TITLES) or record.id,
            kind=self._limits.sections.get(section, OTHER),
            confidence=record.confidence,
            seen=_first(record, _DATES),
            exposure=max(len(needs), 1) * self._factor(["guidance"]),
            needs=needs,
            url=_first(record, ("source_url", "official_url")),
            note=record.editor_note,
            closing=closing,
            over=repealed or (closing is not None and last_day(closing) < self._today),
            said_over=repealed,
            unsure=state in _UNSURE,
            outdated=getattr(record, "outdated", False),
        )

    def all(
        self,
        advisors: Iterable[Advisor],
        schemes: Iterable[Scheme],
        guidance: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Iterable[Fact]:
        """Yield every record as a fact; `guidance` is by section, then id, and may be absent."""
        yield from map(self.advisor, advisors)
        yield from map(self.scheme, schemes)
        for section, records in (guidance or {}).items():
            yield from (self.guidance(section, record) for record in records.values())

    def _breadth(self, zones: Iterable[str], exclusions: Iterable[str]) -> float:
        return sqrt(len(self._ground.reached(zones, exclusions).any) / len(self._ground.places))

    def _factor(self, states: Iterable[str]) -> float:
        product = 1.0
        for state in states:
            product *= self._limits.factors[state]
        return product


def _last_days(record: Any) -> str | None:
    """Return the last day of a rule, where each of its applications has one."""
    days = [each.until_date for each in getattr(record, "applies", ())]
    return max(days) if days and all(days) else None


def _first(record: Any, names: Iterable[str]) -> str | None:
    return next((str(value) for name in names if (value := getattr(record, name, None))), None)
