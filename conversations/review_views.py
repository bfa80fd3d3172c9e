"""What the review hands out: plain values that outlive any database session."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from conversations.review_ranges import Marked

Verdict = Literal["right", "corrected", "unusable"]
RIGHT: Verdict = "right"
CORRECTED: Verdict = "corrected"
UNUSABLE: Verdict = "unusable"

State = Literal["new", "later", "reviewed"]
NEW: State = "new"
LATER: State = "later"
REVIEWED: State = "reviewed"

CandidateState = Literal["proposed", "approved", "refused", "withdrawn"]
PROPOSED: CandidateState = "proposed"
APPROVED: CandidateState = "approved"
REFUSED: CandidateState = "refused"
WITHDRAWN: CandidateState = "withdrawn"


@dataclass(frozen=True)
class Who:
    """Somebody with an account, as the record names them."""

    account_id: str
    name: str


@dataclass(frozen=True)
class Reading:
    """What a message says: label, needs (most important first), what a wish for a person is about, facts."""

    text: str
    label: str
    needs: tuple[str, ...] = ()
    about: str | None = None
    entities: tuple[Marked, ...] = ()


@dataclass(frozen=True)
class Correction:
    """What a person made of a turn, and when."""

    verdict: Verdict
    reading: Reading
    comment: str
    who: Who
    at: datetime


@dataclass(frozen=True)
class HeardTurn:
    """One message of an owner as the review looks at it: `number` counts the owner's, `position` those of both sides.

    `understood` is what the dialogue engine reported (None where it failed); `suspect` says why a person should look
    (`thumb_down`, `failed`, `doubtful`, `unsure`), empty where nothing does. `words` are those of the thumb down.
    """

    id: str
    conversation_id: str
    number: int
    position: int
    text: str
    understood: dict[str, Any] | None
    answers: tuple[str, ...]
    suspect: str
    words: str | None
    correction: Correction | None
    at: datetime
    candidate_state: CandidateState | None = None


@dataclass(frozen=True)
class QueueItem:
    """One conversation that waits for a review, and why it stands where it does."""

    conversation_id: str
    why: str
    excerpt: str
    needs: tuple[str, ...]
    place: str | None
    turns: int
    lowest_confidence: float | None
    state: State
    assigned_to: str | None
    active_at: datetime


@dataclass(frozen=True)
class Event:
    """One act of a review."""

    what: str
    value: Any
    turn_id: str | None
    who: Who
    at: datetime


@dataclass(frozen=True)
class Standing:
    """How far the review of a conversation is: state, tags, whose it is, and all that was done."""

    state: State
    tags: tuple[str, ...] = ()
    assigned_to: str | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A message proposed for training."""

    id: str
    conversation_id: str | None
    turn_id: str | None
    reading: Reading
    state: CandidateState
    proposed_by: Who
    proposed_at: datetime
    decided_by: Who | None = None
    decided_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Export:
    """One export made; `gone` counts its messages that were erased since: with any, it is to be made again."""

    id: str
    kind: str
    lines: int
    who: Who
    at: datetime
    gone: int = 0
    candidates: tuple[str, ...] = field(default=(), repr=False)
