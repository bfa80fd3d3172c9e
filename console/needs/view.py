"""What the address asks of the page: which counts, of when, narrowed to what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conversations.statistics.counting import Question
from knowledge.codes import Need

EXACT, PUBLISHED = "exacte", "publiee"
DAYS = 30  # of the page as it opens
LONGEST = 366 * 2  # days that are counted at once


@dataclass(frozen=True)
class View:
    """The page asked for: exact counts of the days `since` to `until`, or published ones of a `month` (« 2026-11 »)."""

    kind: str
    since: date
    until: date
    month: str | None = None
    need: str | None = None
    region: str | None = None

    @property
    def is_exact(self) -> bool:
        """Say whether counts are exact, of what the viewer may read."""
        return self.kind == EXACT

    def question(self, narrowed: bool = False) -> Question:
        """Return what to count. The need only chooses what tables show, unless they are `narrowed` to it."""
        need = self.need if narrowed else None
        return Question(self.since, self.until, need=need, region=self.region)

    def of(self, kind: str) -> "View":
        """Return the same page with the other kind of counts."""
        return replace(self, kind=kind)

    def parameters(self, **changes: str) -> dict[str, str]:
        """Return the address's parameters, with changes."""
        asked = {
            "vue": self.kind,
            "du": self.since.isoformat() if self.is_exact else None,
            "au": self.until.isoformat() if self.is_exact else None,
            "mois": None if self.is_exact else self.month,
            "besoin": self.need,
            "region": self.region,
        } | changes
        return {name: value for name, value in asked.items() if value}


def view_of(asked: Mapping[str, str], today: date, months: list[str], regions: set[str]) -> View:
    """Return what the address asks; what it cannot mean is as if it were not there."""
    until = min(_day(asked.get("au")) or today, today)
    since = min(_day(asked.get("du")) or until - timedelta(DAYS - 1), until)
    month = asked.get("mois")
    need, region = asked.get("besoin"), asked.get("region")
    return View(
        kind=PUBLISHED if asked.get("vue") == PUBLISHED else EXACT,
        since=max(since, until - timedelta(LONGEST)),
        until=until,
        month=month if month in months else (months[0] if months else None),
        need=need if need in Need.values() else None,
        region=region if region in regions else None,
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
