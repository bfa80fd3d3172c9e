"""What the assistant can tell beside whom to ask and what pays; one model for each folder of `SECTIONS`."""

from pydantic import Field, StrictBool, conint, conlist, constr, root_validator

from knowledge.fields import Line, PartialDate, Slug
from knowledge.schema.base import Strict
from knowledge.schema.guidance_base import (
    Answer,
    ContactPoint,
    Figure,
    GuidanceRecord,
    Number,
    refuse_unread,
)
from knowledge.schema.guidance_codes import CostUnit, Currency, Tax
from knowledge.schema.guidance_rules import Rule

OptionCode = constr(strict=True, regex=r"^[a-z]+(_[a-z]+)*$")
BOTH = "both"  # what `fits` may name beside the options


class Cell(Line):
    """A few words in a table."""

    max_length = 90


class CostRange(Answer):
    """What something costs, in content/costs/."""

    label: Line = Field(
        ..., max_length=80, description="What is paid for, no full stop: « Site vitrine par une agence »."
    )
    low: Number | None = Field(
        None, description="Lowest usual amount, or percentage; absent: no figure read."
    )
    high: Number | None = Field(
        None, description="Highest usual amount; the same as `low` for a fixed price."
    )
    fixed: Number | None = Field(
        None, description="With percent_plus_fixed: what is added to each payment, in `currency`."
    )
    unit: CostUnit = Field(..., description="What it is counted by: one_off, per_month, percent…")
    currency: Currency | None = Field(None, description="EUR, USD, CHF; absent where it is no money.")
    tax: Tax = Field(..., description="ht, ttc, unknown: the page does not say; none: no VAT on it.")
    price_date: PartialDate | None = Field(
        None, description="Date of the price itself, in quotes; absent: an order of magnitude."
    )
    text: Line = Field(
        ...,
        max_length=240,
        description="One or two plain sentences with the amounts in words an owner uses, full stop.",
    )
    outdated: StrictBool = Field(
        False, description="true for an old price that must be read again: kept for editors, never shown."
    )

    @root_validator(skip_on_failure=True)
    def range_is_whole(cls, values: dict) -> dict:  # noqa: N805 – pydantic hands the class
        """Refuse half a range, one upside down, and a fixed part that its unit does not have."""
        low, high, fixed = values["low"], values["high"], values["fixed"]
        if (low is None) != (high is None):
            raise ValueError("`low` and `high` go together; give both or neither")
        if low is not None and low > high:
            raise ValueError("`low` is more than `high`")
        if fixed is not None and values["unit"] is not CostUnit.PERCENT_PLUS_FIXED:
            raise ValueError("`fixed` needs `unit: percent_plus_fixed`")
        return values


class Option(Strict):
    """One of the ways that are compared."""

    code: OptionCode = Field(..., description="Short English code, e.g. own_site: key of `answers`, `fits`.")
    label: Line = Field(..., max_length=60, description="Its name for owners: « un site à vous ».")


class Criterion(Strict):
    """One line of the comparison."""

    criterion: Line = Field(..., max_length=60, description="What is compared: « Coût par vente ».")
    answers: dict[OptionCode, Cell] = Field(
        ..., description="For each option, a few words, lower case, no full stop, 90 characters at most."
    )


class Comparison(Answer):
    """Two or three ways side by side, in content/comparisons/."""

    question: Line = Field(
        ..., max_length=100, description="The question an owner asks: « Agence ou indépendant ? »."
    )
    short_answer: Line = Field(
        ...,
        max_length=400,
        description="The answer in one to three sentences, a complete reply by itself; takes no side.",
    )
    options: conlist(Option, min_items=2) = Field(..., description="The ways, in the order they are shown.")
    criteria: conlist(Criterion, min_items=1) = Field(
        ..., description="What sets them apart, most important first."
    )
    fits: dict[OptionCode, Cell] = Field(
        default_factory=dict,
        description="For whom each is: option code (or both), then a few words, lower case, no full stop.",
    )
    watch_out: list[Line] = Field(
        default_factory=list, description="What to take care of whichever is chosen, one sentence each."
    )
    figures_from: conlist(Slug, unique_items=True) = Field(
        default_factory=list, description="Ids of the costs its figures come from."
    )

    @root_validator(skip_on_failure=True)
    def answers_every_option(cls, values: dict) -> dict:  # noqa: N805
        """Refuse a line that forgets an option or names another."""
        codes = {option.code for option in values["options"]}
        for line in values["criteria"]:
            if set(line.answers) != codes:
                raise ValueError(f"`{line.criterion}` must answer exactly: {', '.join(sorted(codes))}")
        if unknown := set(values["fits"]) - codes - {BOTH}:
            raise ValueError(f"`fits` names {', '.join(sorted(unknown))}, which is no option")
        return values


class PaymentAnswer(Answer):
    """An answer to the fear of not being paid, in content/payment/."""

    title: Line = Field(
        ...,
        max_length=80,
        description="The worry or the means: « Le client peut-il reprendre son paiement ? ».",
    )
    text: Line = Field(
        ..., max_length=400, description="One to three plain sentences, `vous`, full stop; no promise."
    )
    steps: list[Line] = Field(
        default_factory=list, description="What to do, in order, infinitive, one sentence each, full stop."
    )
    figures: list[Figure] = Field(default_factory=list, description="Each figure of the text, once.")
    legal_reference: Line | None = Field(
        None, max_length=160, description="The text it stands in: « Code civil, art. 2224 »."
    )


class Term(GuidanceRecord):
    """A word explained, in content/glossary/."""

    term: Line = Field(..., max_length=60, description="The word as it is written: « Place de marché ».")
    aliases: conlist(Line, unique_items=True) = Field(
        default_factory=list,
        description="Other words for the same thing, abbreviations and English included; unique in the glossary.",
    )
    definition: Line = Field(
        ...,
        max_length=220,
        description="One plain sentence without jargon that an owner can read aloud, full stop.",
    )
    related: conlist(Slug, unique_items=True) = Field(
        default_factory=list, description="Ids of other guidance records worth showing next."
    )


class Statistic(GuidanceRecord):
    """A figure about small firms, in content/statistics/."""

    year: conint(strict=True, ge=2000, le=2100) = Field(..., description="Year the figure is of, e.g. 2025.")
    topic: Line = Field(..., max_length=60, description="Survey or subject: « Baromètre France Num ».")
    indicator: Line = Field(
        ...,
        max_length=120,
        description=(
            "What is counted, no full stop: after « % » or « entreprises » a verb (« vendent en ligne »), after "
            "any other unit a noun (« retard moyen de paiement »)."
        ),
    )
    value: Number = Field(..., description="The figure, without quotes.")
    unit: Line = Field(..., max_length=40, description="Its unit as read after it: « % », « entreprises ».")
    population: Line = Field(
        ..., max_length=80, description="Whom it is about: « TPE et PME de France (0 à 249 salariés) »."
    )
    remark: Line | None = Field(
        None,
        max_length=140,
        description="A second figure or a reservation that owners should see, one sentence.",
    )


class Referral(Answer):
    """Where to go for a question that is none of the needs, in content/referrals/."""

    topic: Line = Field(..., max_length=80, description="The question in a few words: « Recruter ».")
    text: Line = Field(
        ...,
        max_length=300,
        description="Whom to ask and for what, one or two plain sentences, `vous`, full stop.",
    )
    bodies: conlist(ContactPoint, min_items=1) = Field(..., description="Whom to ask, the first one first.")
    fallback: StrictBool = Field(False, description="true for the one record shown when no other fits.")
    sensitive: StrictBool = Field(
        False, description="true where somebody may be in distress: shown alone, without figures or offers."
    )

    @root_validator(skip_on_failure=True)
    def shows_no_unread_number(cls, values: dict) -> dict:  # noqa: N805
        """Refuse a number nobody has read, and a referral that nobody would find."""
        refuse_unread(values["confidence"], values["bodies"])
        if not values["words"] and not values["fallback"]:
            raise ValueError("a referral needs `words`, or `fallback: true`")
        return values


# Folder of content/ → what its files are.
SECTIONS: dict[str, type[GuidanceRecord]] = {
    "costs": CostRange,
    "comparisons": Comparison,
    "rules": Rule,
    "payment": PaymentAnswer,
    "glossary": Term,
    "statistics": Statistic,
    "referrals": Referral,
}
