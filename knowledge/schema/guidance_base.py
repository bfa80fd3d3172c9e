"""What all guidance records share: who is answered by them, and the figures they hold."""

from typing import Any

from pydantic import Field, StrictBool, conlist, root_validator

from knowledge.codes import Confidence, Need
from knowledge.fields import Country, Email, Line, PartialDate, Phone, Slug, Url
from knowledge.schema.base import Sourced, Strict
from knowledge.schema.guidance_codes import Act, Home

OUTSIDE = "outside"  # countries that are not in the Union


class Number(float):
    """A number without quotes, whole or not, never a text or true/false."""

    @classmethod
    def __get_validators__(cls):
        yield cls.check

    @classmethod
    def check(cls, value: Any) -> float:
        """Return `value` as it was written; raises `ValueError` for what is no number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"`{value}` is not a number; write it without quotes")
        return value


class Day(PartialDate):
    """A date known to the day: a rule cannot hold from « 2026 »."""

    rule = "a full date: YYYY-MM-DD"

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept `2026-09-01` only."""
        return len(value) == 10 and super().accept(value)


class Figure(Strict):
    """One figure of a text, so that it can be shown and checked apart."""

    label: Line = Field(..., max_length=60, description="What it is, e.g. « Indemnité », « Délai ».")
    value: Number | None = Field(None, description="A number without quotes; its unit stands in `unit`.")
    unit: Line | None = Field(
        None, max_length=40, description="Unit of `value` as it is read after it: « € », « jours », « % »."
    )
    date: PartialDate | None = Field(None, description='Instead of `value`, a date in quotes: "2026-09-01".')
    text: Line | None = Field(
        None,
        max_length=60,
        description="Instead of `value`, what is no number: « 10e jour ouvrable du mois suivant ».",
    )

    @root_validator(skip_on_failure=True)
    def holds_one(cls, values: dict) -> dict:  # noqa: N805 – pydantic hands the class
        """Refuse a figure without figure, or with two."""
        if sum(values[key] is not None for key in ("value", "date", "text")) != 1:
            raise ValueError("a figure holds exactly one of `value`, `date`, `text`")
        return values


class ContactPoint(Strict):
    """A body an owner is sent to."""

    name: Line = Field(..., max_length=80, description="Name of the body as owners know it.")
    url: Url | None = Field(None, description="The page an owner should open.")
    phone: Phone | None = Field(
        None, description="Switchboard in quotes, as dialled; never a person's, never from memory."
    )
    email: Email | None = Field(None, description="Mailbox of the body; never a person's, never from memory.")
    source_url: Url | None = Field(
        None, description="Page the number was read on, where it is not the record's own."
    )
    seen: PartialDate | None = Field(None, description="Date of that page, in quotes.")


class GuidanceRecord(Sourced):
    """One thing the assistant can tell: where it was read, and how sure it is."""

    id: Slug = Field(
        ...,
        description=(
            "The name of the file without .yml, e.g. site-agency; unique in all of the guidance. "
            "Never changes once published."
        ),
    )
    needs: conlist(Need, unique_items=True) = Field(
        default_factory=list, description="Codes of the needs it is for, most important first; may be empty."
    )
    official_url: Url | None = Field(
        None, description="Official page that would confirm it, not read yet; never shown as the source."
    )
    other_sources: list[Url] = Field(default_factory=list, description="Other pages that were read.")
    via: Line | None = Field(
        None,
        max_length=200,
        description="Where the source was read through another, e.g. « copie publique des données LEGI ».",
    )

    @root_validator(skip_on_failure=True)
    def was_read(cls, values: dict) -> dict:  # noqa: N805
        """Refuse a record that claims to have been read and does not say where."""
        if values["confidence"] is not Confidence.MEMORY and not values["source_url"]:
            raise ValueError(f"`confidence: {values['confidence']}` needs a `source_url`")
        return values


class CountryOrSide(Country):
    """A country, the Union, or `outside`: all countries that are not in it."""

    rule = 'two capital letters as in "BE", "EU" for the Union, or "outside" for all other countries'

    @classmethod
    def accept(cls, value: str) -> bool:
        """Accept `outside` beside the codes."""
        return value == OUTSIDE or super().accept(value)


class Answer(GuidanceRecord):
    """Guidance that is looked up by act, need or words."""

    acts: conlist(Act, unique_items=True) = Field(
        default_factory=list,
        description="Acts it answers beside its needs, e.g. payment_worries, other_business_need.",
    )
    words: list[Line] = Field(
        default_factory=list,
        description=(
            "Words and short phrases by which owners ask for it, lower case, singular, beside those of "
            "its title: « loyer », « chèque sans provision »."
        ),
    )
    first: StrictBool = Field(
        False, description="true for the few that answer the need as a whole: shown before the others."
    )
    countries: conlist(CountryOrSide, unique_items=True) = Field(
        default_factory=list,
        description=(
            'Countries of the customer, supplier or staff that it holds for: "FR", "BE", "EU" for the Union, '
            '"outside" for all others; empty: whatever the country.'
        ),
    )
    not_countries: conlist(Country, unique_items=True) = Field(
        default_factory=list, description="Countries among those of `countries` that it does not hold for."
    )
    not_from: conlist(Home, unique_items=True) = Field(
        default_factory=list,
        description=(
            "Overseas territories of the firm where it does not hold: outermost (La Réunion and the others "
            "inside the Union), overseas (those outside it)."
        ),
    )
    related: conlist(Slug, unique_items=True) = Field(
        default_factory=list, description="Ids of other guidance records, of any folder, worth showing next."
    )


def refuse_unread(confidence: Confidence, points: list[ContactPoint]) -> None:
    """Raise `ValueError` when a record from memory holds a number or a mailbox nobody has read."""
    if confidence is Confidence.MEMORY and any(point.phone or point.email for point in points):
        raise ValueError("`confidence: memory` allows neither `phone` nor `email`")
