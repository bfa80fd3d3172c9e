"""What the record hands out about models: plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from conversations.review_views import Who

RunState = Literal["queued", "running", "done", "failed"]
QUEUED: RunState = "queued"
RUNNING: RunState = "running"
DONE: RunState = "done"
FAILED: RunState = "failed"

Kind = Literal["promoted", "rejected", "rolled_back"]
PROMOTED: Kind = "promoted"
REJECTED: Kind = "rejected"
ROLLED_BACK: Kind = "rolled_back"

Outcome = Literal["asked", "done", "failed"]


@dataclass(frozen=True)
class Run:
    """One training with approved messages.

    `step` is what it does or did last (`preparing`, `training`, `measuring`), `failure` why it failed, in one word;
    `log` the end of what the training said. `report` is what the comparison found (benchmarks/comparison.py).
    """

    id: str
    state: RunState
    export_id: str
    why: str
    who: Who
    asked_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    step: str | None = None
    log: str = field(default="", repr=False)
    failure: str | None = None
    present_model: str | None = None
    candidate_model: str | None = None
    base: str | None = None
    report: dict[str, Any] | None = field(default=None, repr=False)

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in (DONE, FAILED)


@dataclass(frozen=True)
class Decision:
    """One decision on which model answers owners; `model` is None for the one of the repository's own data."""

    id: str
    kind: Kind
    run_id: str | None
    model: str | None
    who: Who
    reason: str
    at: datetime
    outcome: Outcome
    failure: str | None = None
