"""What every record keeps: strictness, and where it comes from."""

from enum import Enum
from typing import Any

from pydantic import BaseModel, Field, confloat, conint, root_validator, validator
from pydantic.errors import AnyStrMinLengthError, PydanticValueError, StrError
from pydantic.fields import ModelField

from knowledge.codes import Confidence
from knowledge.fields import Line, PartialDate, Text, Url

Euros = conint(strict=True, ge=0)
Percent = confloat(gt=0, le=100)
Headcount = conint(strict=True, ge=0)
Years = confloat(ge=0)


class NoSource(PydanticValueError):
    """A record that says it was read on an official page does not say which."""

    code = "no_source"
    msg_template = "`confidence: official` needs a `source_url`"


class Strict(BaseModel):
    """A record that refuses unknown keys and never changes once read."""

    class Config:  # noqa: D106 – pydantic's own name
        extra = "forbid"
        allow_mutation = False

    @validator("*", pre=True)
    def is_a_text(cls, value: Any, field: ModelField) -> Any:  # noqa: N805 – pydantic hands the class
        """Refuse a blank or a number for a text: pydantic forgets both rules of `Line` where a field has a length."""
        if (
            isinstance(field.type_, type)
            and issubclass(field.type_, str)
            and not issubclass(field.type_, Enum)
        ):
            if isinstance(value, (int, float)):
                raise StrError()
            if isinstance(value, str) and not value.strip():
                raise AnyStrMinLengthError(limit_value=1)
        return value


class Provenance(Strict):
    """Which file of open data a record came from, and under which terms."""

    source: Line = Field(..., max_length=40, description="Code of the source, e.g. dila, france-num.")
    source_id: Line = Field(..., max_length=200, description="What the source calls the record.")
    licence: Line = Field(..., description="Licence of the file, e.g. Licence Ouverte 2.0.")
    credit: Line = Field(..., description="The credit the licence asks to show, in French.")
    file_date: PartialDate | None = Field(
        None, description="Date of the file, which some licences ask to show."
    )


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
    provenance: Provenance | None = Field(
        None, description="For what was imported: which file it came from. Editors leave it out."
    )
    editor_note: Text | None = Field(
        None, description="For editors only, never shown: what was read, what is still to check."
    )

    @root_validator(skip_on_failure=True)
    def source_is_given(cls, values: dict) -> dict:  # noqa: N805 – pydantic hands the class
        """Refuse an official record that does not say where it was read."""
        if values["confidence"] is Confidence.OFFICIAL and not values["source_url"]:
            raise NoSource()
        return values
