"""What the handling of requests takes and hands out: plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from conversations.request_views import Request

EventKind = Literal[
    "claimed",
    "released",
    "handed_on",
    "note",
    "replied",
    "status",
    "reminder",
    "undelivered",
    "asked",
    "judged",
    "withdrawn",
]
# The id of the recipient that stands for all advisors of the network.
NETWORK = "advisors"

SatisfactionAnswer = Literal["yes", "partly", "no"]
ANSWERS: tuple[SatisfactionAnswer, ...] = ("yes", "partly", "no")


class Reach(Protocol):
    """The bodies somebody works for (ids of the knowledge base) and the territories (codes) they serve."""

    bodies: Collection[str]
    departments: Collection[str]
    regions: Collection[str]


@dataclass(frozen=True)
class Sight:
    """How far somebody sees: `within` their bodies and territories, everything where it is None.

    `served` are the bodies that some account works for: what is for them is nobody else's.
    """

    account_id: str
    within: Reach | None = None
    served: Collection[str] = frozenset()


@dataclass(frozen=True)
class Advisor:
    """Who acts on a request, and for which body, if for one."""

    account_id: str
    name: str
    email: str
    body_id: str | None = None
    body_name: str | None = None


@dataclass(frozen=True)
class Holder:
    """Who has taken a request, when, and when they first replied to its owner through this record."""

    account_id: str
    name: str
    email: str
    body_id: str | None
    body_name: str | None
    taken_at: datetime
    replied_at: datetime | None


@dataclass(frozen=True)
class Case:
    """A request as an advisor sees it.

    `covered` tells that the owner agreed to this advisor knowing who they are: else name, address and words are
    empty. `waits_since` is when it came to the body it is for; `satisfaction` is what its owner answered.
    """

    request: Request
    holder: Holder | None
    body_id: str | None
    departement: str | None
    waits_since: datetime
    covered: bool
    shares_conversation: bool
    satisfaction: str | None = None
    satisfaction_words: str | None = None


@dataclass(frozen=True)
class Event:
    """One thing that happened; `mail` is what became of the e-mail that it wrote, if any."""

    id: int
    at: datetime
    kind: EventKind
    name: str | None
    text: str | None
    detail: dict[str, Any]
    mail: str | None
