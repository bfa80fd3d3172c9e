"""What every record keeps: strictness, and where it comes from."""

from pydantic import BaseModel, Field, confloat, conint, root_validator

from knowledge.codes import Confidence
from knowledge.fields import PartialDate, Text, Url

Euros = conint(strict=True, ge=0)
Percent = confloat(gt=0, le=100)
Headcount = conint(strict=True, ge=0)
Years = confloat(ge=0)


class Strict(BaseModel):
    """A record that refuses unknown keys and never changes once read."""

    class Config:  # noqa: D106 – pydantic's own name
        extra = "forbid"
        allow_mutation = False


class Sourced(Strict):
    """Where a record comes from and how far it can be trusted."""

    confidence: Confidence = Field(
        ...,
        description=(
            "How the facts were read. official: on the body's own page or an official one; secondary:"
            " on another dated page; directory-2019: in the State's directory of October 2019; "
            "memory: no page read. Only official is shown as verified."
        ),
    )
    source_url: Url | None = Field(
        None, description="The page the facts were read on. Required unless confidence is memory."
    )
    seen: PartialDate | None = Field(
        None,
        description=(
            'Date of that page, as precise as it is known, in quotes: "2024", "2024-06", "2024-06-28".'
        ),
    )
    editor_note: Text | None = Field(
        None, description="For editors only, never shown: what was read, what is still to check."
    )

    @root_validator(skip_on_failure=True)
    def source_is_given(cls, values: dict) -> dict:  # noqa: N805 – pydantic hands the class
        """Refuse an official record that does not say where it was read."""
        if values["confidence"] is Confidence.OFFICIAL and not values["source_url"]:
            raise ValueError("`confidence: official` needs a `source_url`")
        return values
