"""What an import did, for operators; bounded, whatever the file holds."""

from collections import Counter
from dataclasses import dataclass, field

EXAMPLES = 200  # named at most of each sort; all are counted
REASONS = 100  # different reasons kept apart; the rest are counted together
OTHER_REASONS = "other reasons"


@dataclass
class Report:
    """Counts of what happened to the records of a file, and examples.

    `added`, `changed`, `unchanged`, `gone` and `refused` count records; `skipped` counts those of no use here
    by type. `changes` gives the fields that changed, by id; `refusals` a line each.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    refused: int = 0
    merged: int = 0
    skipped: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    additions: list[str] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    departures: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    dry_run: bool = False

    @property
    def read(self) -> int:
        """Return how many records could be read."""
        return self.added + self.changed + self.unchanged

    @property
    def nothing_changed(self) -> bool:
        """Say whether the store already held all of the file."""
        return not (self.added or self.changed or self.gone)

    def add(self, slug: str) -> None:
        """Count a record that is new."""
        self.added += 1
        _keep(self.additions, slug)

    def change(self, slug: str, fields: list[str]) -> None:
        """Count a record that says something else than before, in these fields."""
        self.changed += 1
        if len(self.changes) < EXAMPLES:
            self.changes[slug] = fields

    def leave(self, slug: str) -> None:
        """Count a record that its source no longer gives."""
        self.gone += 1
        _keep(self.departures, slug)

    def refuse(self, place: str, source_id: str | None, reason: str) -> None:
        """Count a record that was set aside."""
        self.refused += 1
        known = reason in self.reasons or len(self.reasons) < REASONS
        self.reasons[reason if known else OTHER_REASONS] += 1
        _keep(self.refusals, f"{place} ({source_id or 'no id'}): {reason}")

    def counts(self) -> dict:
        """Return the counts, as they are kept beside the run."""
        names = ("added", "changed", "unchanged", "gone", "refused", "merged")
        return {name: getattr(self, name) for name in names} | {"skipped": dict(self.skipped)}


def _keep(examples: list[str], text: str) -> None:
    if len(examples) < EXAMPLES:
        examples.append(text)
