"""What one criterion says of a firm, and what all of them say together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

# PARTIAL: the scheme may pay a part only; that rules nobody out.
MET, BROKEN, OPEN, PARTIAL = "met", "broken", "open", "partial"
YES, NO, UNKNOWN = "yes", "no", "unknown"


class Finding(NamedTuple):
    """One criterion: `state` is met, broken, open or partial; `code` names its sentence, `values` fill it,
    `fact` would decide it.
    """

    state: str
    code: str
    values: dict[str, Any] = {}
    fact: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What the criteria say together: `eligible` is yes, no or unknown."""

    eligible: str
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> list[str]:
        """Return the facts that would decide, each once, in the order of the criteria."""
        if self.eligible == NO:
            return []
        return list(
            dict.fromkeys(found.fact for found in self.findings if found.state == OPEN and found.fact)
        )


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict: `no` with what is broken only; `yes` when everything is met; else `unknown`."""
    kept = tuple(findings)
    states = {found.state for found in kept}
    if BROKEN in states:
        return Verdict(NO, tuple(found for found in kept if found.state == BROKEN))
    return Verdict(YES if states == {MET} else UNKNOWN, kept)
