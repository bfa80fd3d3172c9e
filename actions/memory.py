"""What the conversation knows, as one value; the only code that reads and writes slots."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

AWAITING_PLACE = "place"
AWAITING_COUNTRY = "country"
AWAITING_FORM = "form"
AWAITING_COST = "cost"  # which price is meant
AWAITING_DEBTOR = (
    "debtor"  # nothing; who owes money was taken to be in France, and a country said next is theirs
)
OWED = "unpaid_abroad"  # the need whose sums are owed to the firm
# From where to where the last page went, in `contacts` and in `funding`.
Shown = dict[str, list[int]]


@dataclass(frozen=True)
class Memory:
    """All that was said or asked so far.

    `markets` are all countries in question and areas (« l'Afrique »: actions/abroad.py), `country` the last country.
    Places are `{"level", "code"}`, the sector is `{"division", "trade", "craft"}`; `abroad`: the firm itself is in
    `country`. `told` are further facts of the firm, as the knowledge base names them: `turnover` (euros a year),
    `age_years`, `legal_form`. `need` and `other_needs` are those at hand, in the order they were stated; `shown` is the
    last page of each. `project` is the last need that was not money: what money may be for. `question` is the message
    that stated the needs, `duties` what was said of the duties of each, to say it once. `place_asked` counts the
    questions before an answer. `doubts` counts the last messages in a row that were not understood, `offered` are the
    needs offered for them; `refused` are the kinds of money that the owner does not want (`grants`, `loans`); `said`
    stands for the messages of the turn before (actions/again.py). `complaints` counts the answers in a row that were
    called useless. `contact` is how the owner can be reached, `{"email", "phone"}`, as far as it was told. `form` is
    the one under way (actions/form.py), `results` the answers of those that are done, by name.
    """

    need: str | None = None
    other_needs: list[str] = field(default_factory=list)
    project: str | None = None
    place: dict[str, str] | None = None
    place_choices: list[dict[str, str]] = field(default_factory=list)
    country: str | None = None
    markets: list[str] = field(default_factory=list)
    sector: dict[str, Any] | None = None
    company_size: int | None = None
    amount: int | None = None
    told: dict[str, Any] = field(default_factory=dict)
    awaiting: str | None = None
    place_asked: int = 0
    place_declined: bool = False
    country_declined: bool = False
    abroad: bool = False
    shown: dict[str, Shown] = field(default_factory=dict)
    question: str | None = None
    duties: dict[str, str] = field(default_factory=dict)
    doubts: int = 0
    offered: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    complaints: int = 0
    contact: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] | None = None
    results: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def needs(self) -> list[str]:
        """Return the needs at hand, most important first."""
        return [self.need, *self.other_needs] if self.need else []

    @property
    def cost(self) -> int | None:
        """Return what the project costs, in euros; a debt costs nothing."""
        return None if self.need == OWED else self.amount

    @property
    def firm(self) -> tuple:
        """Return what an answer depends on besides the need; another firm gets another answer."""
        where = self.place, self.place_choices, self.country, self.markets
        return (*where, self.sector, self.company_size, self.amount, self.told)

    @classmethod
    def of(cls, tracker: Tracker) -> Memory:
        """Read the memory from the tracker's slots."""
        known = {each.name: tracker.get_slot(each.name) for each in fields(cls)}
        return cls(**{name: value for name, value in known.items() if value is not None})

    def events_since(self, before: Memory) -> list[EventType]:
        """Return the slot events that turn `before` into this memory."""
        old = asdict(before)
        return [SlotSet(name, value) for name, value in asdict(self).items() if value != old[name]]
