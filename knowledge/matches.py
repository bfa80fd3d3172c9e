"""What the knowledge base answers: a contact or a scheme, ready to be shown."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Territory:
    """Whose territory it is: `level` is departement, region or national (code FR)."""

    level: str
    code: str
    name: str


@dataclass(frozen=True)
class ContactMatch:
    """A body to turn to. `status` is verified or to_check; `verified_on` is as precise as it is known."""

    id: str
    name: str
    kind: str
    level: str
    territory: Territory
    phone: str | None
    email: str | None
    url: str | None
    hours: str | None
    cost: str
    why: str
    status: str
    verified_on: str | None
    source_url: str | None

    def to_dict(self) -> dict:
        """Return the fields of an item of `contacts`, as the answers carry them."""
        return asdict(self)


@dataclass(frozen=True)
class Estimate:
    """What the scheme may give, in euros; an unknown bound is None. `formula` says how, in French."""

    min: int | None
    max: int | None
    formula: str


@dataclass(frozen=True)
class FundingMatch:
    """A scheme that may pay.

    `eligible` is yes, no or unknown; `missing` are the facts that would decide (`headcount`, `sector`,
    `activity`, `turnover`, `balance_sheet`, `age`, `legal_form`, `amount`, `commune`, `place`, `conditions`);
    `reasons` are French sentences, and so are `combinations`: what the scheme can be combined with. `why` is the
    one that decides or raises a doubt, empty where none does.
    """

    id: str
    title: str
    promise: str
    funder: str
    kinds: list[str]
    status: str
    eligible: str
    reasons: list[str]
    missing: list[str]
    estimate: Estimate | None
    closing_date: str | None
    url: str | None
    source_url: str | None
    verified_on: str | None
    combinations: list[str] = field(default_factory=list)
    why: str = ""

    def to_dict(self) -> dict:
        """Return the fields of an item of `funding`, as the answers carry them."""
        return asdict(self)
