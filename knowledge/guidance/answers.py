"""What a look-up of the guidance gives: facts, ready to be shown."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Fact:
    """One thing to tell: `text` is French and complete by itself.

    `source_url` is the page it was read on, `as_of` the date of that page (or of the price) as precise as
    known; both are None for what nobody has read. `status` is verified or to_check, `id` the record's.
    """

    id: str
    text: str
    source_url: str | None
    as_of: str | None
    status: str

    def to_dict(self) -> dict:
        """Return the fields of a fact of `guidance`, as the answers carry them."""
        return asdict(self)


@dataclass(frozen=True)
class Price:
    """The figures of a cost, for whoever works something out with them: `fact` tells them in words.

    `tax` is ht, ttc, unknown or none; `unit` says what one price is for (`one_off`, `per_month`, `percent`…).
    """

    low: float
    high: float
    tax: str
    unit: str
    fact: Fact


@dataclass(frozen=True)
class Obligation(Fact):
    """A rule for one firm on one day.

    `state` is now, later (from `from_date`, YYYY-MM-DD), depends (on the facts in `missing`: headcount,
    turnover) or pending (a text that is not known to be in force). `details` is the whole rule in words,
    the same as `text` where no date or threshold was computed.
    """

    topic: str
    state: str
    details: str
    from_date: str | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """An answer in several parts: `title`, the fact that answers, then steps and facts to read next."""

    title: str
    fact: Fact
    steps: tuple[str, ...] = ()
    more: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Side:
    """One way of a comparison; `fits` says for whom, in a few words, None where nothing was read."""

    code: str
    label: str
    fits: str | None


@dataclass(frozen=True)
class Compared:
    """Ways side by side: `rows` are criteria with one answer for each side, in order; `both` says when to take
    both. `facts` are the short answer, then the costs behind the figures.
    """

    question: str
    sides: tuple[Side, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    both: str | None
    watch_out: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Body:
    """A body to turn to; what is not known is None."""

    name: str
    url: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True)
class Referred:
    """Where to go; `sensitive` is true where nothing else may be shown beside it."""

    topic: str
    fact: Fact
    bodies: tuple[Body, ...] = field(default=())
    sensitive: bool = False
