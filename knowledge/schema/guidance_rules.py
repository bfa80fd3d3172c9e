"""Rules of law, with the firms and dates they hold for."""

from pydantic import Field, StrictBool, conlist, root_validator

from knowledge.codes import SizeCategory
from knowledge.fields import Line
from knowledge.schema.base import Euros, Headcount, Strict
from knowledge.schema.guidance_base import Answer, ContactPoint, Day, Figure, refuse_unread
from knowledge.schema.guidance_codes import Effect, RuleStatus


class Application(Strict):
    """For which firms a rule holds, and from when; several of one rule stand side by side (one is enough)."""

    what: Line = Field(
        ...,
        max_length=200,
        description=(
            "What these firms must, may or need not do: infinitive, lower case, no full stop, read after "
            "« vous devez », « vous pouvez » or « vous n'avez pas à »: « recevoir vos factures par une "
            "plateforme agréée »."
        ),
    )
    effect: Effect = Field(
        Effect.DUTY, description="duty: they must; exemption: they need not; right: they may."
    )
    condition: Line | None = Field(
        None,
        max_length=120,
        description=(
            "What else must be true and is not asked, read after « si », beginning with « vous » or a noun, "
            "no full stop: « vous vendez à des particuliers »."
        ),
    )
    from_date: Day | None = Field(
        None, description='First day it holds, in quotes: "2026-09-01". Absent: it already holds.'
    )
    until_date: Day | None = Field(None, description="Last day it holds, in quotes; absent: no end known.")
    headcount_min: Headcount | None = Field(None, description="From this number of employees on.")
    headcount_max: Headcount | None = Field(
        None, description="Up to this number of employees, included: « moins de dix » is 9."
    )
    sizes: conlist(SizeCategory, unique_items=True) = Field(
        default_factory=list,
        description="INSEE size categories it holds for: MIC, PME, ETI, GE; empty: all.",
    )
    turnover_min: Euros | None = Field(None, description="From this yearly turnover on, in euros.")
    turnover_max: Euros | None = Field(None, description="Up to this yearly turnover, in euros.")

    @root_validator(skip_on_failure=True)
    def limits_are_in_order(cls, values: dict) -> dict:  # noqa: N805 – pydantic hands the class
        """Refuse a range that no firm or day is in."""
        for low, high in (
            ("from_date", "until_date"),
            ("headcount_min", "headcount_max"),
            ("turnover_min", "turnover_max"),
        ):
            if None not in (values[low], values[high]) and values[low] > values[high]:
                raise ValueError(f"`{low}` is after `{high}`")
        return values


class Rule(Answer):
    """A rule an owner has to know, in content/rules/."""

    topic: Line = Field(
        ..., max_length=80, description="Title, no full stop: « Facturation électronique : recevoir »."
    )
    who: Line | None = Field(
        None,
        max_length=120,
        description="Whom it is for, lower case: « tout importateur ou exportateur »; absent: everybody.",
    )
    text: Line = Field(
        ...,
        max_length=400,
        description=(
            "The rule in one to three plain sentences, `vous` or impersonal, full stop. It says everything, "
            "dates and thresholds included; no advice beyond it."
        ),
    )
    figures: list[Figure] = Field(
        default_factory=list, description="Each amount, delay, date and threshold of the text, once."
    )
    applies: list[Application] = Field(
        default_factory=list,
        description=(
            "For which firms and from when, wherever the text says so; empty where it holds for all and "
            "since always, or obliges nobody."
        ),
    )
    status: RuleStatus = Field(
        RuleStatus.IN_FORCE,
        description=(
            "in_force; announced: the date passed and nobody checked; bill: not voted; transposition: French "
            "law not found; repealed. Only in_force is said as an obligation."
        ),
    )
    legal_reference: Line | None = Field(
        None, max_length=160, description="The text it stands in: « Code de commerce, art. L. 441-10 »."
    )
    named_only: StrictBool = Field(
        False,
        description="true: told only to owners who name it, never beside an answer about something else.",
    )
    contact: ContactPoint | None = Field(None, description="The body that answers about this very rule.")

    @root_validator(skip_on_failure=True)
    def shows_no_unread_number(cls, values: dict) -> dict:  # noqa: N805
        """Refuse a phone or mailbox nobody has read."""
        refuse_unread(values["confidence"], [values["contact"]] if values["contact"] else [])
        return values
