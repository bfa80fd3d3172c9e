"""The limits and weights of `limits.yml`, checked once read."""

from pathlib import Path

from pydantic import Field, conint

from knowledge.schema.base import Strict
from yaml_files import read_yaml

LIMITS = Path(__file__).with_name("limits.yml")
OTHER = "other"


class Limit(Strict):
    """How long a kind of fact may be trusted."""

    months: conint(strict=True, gt=0) = Field(..., description="Months after which it is to be read again.")
    reason: str = Field(..., description="Why, in one French sentence.")


class Limits(Strict):
    """Everything that decides what is stale, and what to verify first."""

    months: dict[str, Limit] = Field(..., description="By kind of fact.")
    sections: dict[str, str] = Field(..., description="Kind of fact of each section of the guidance.")
    ends_soon_days: conint(strict=True, gt=0) = Field(
        ..., description="A last day within these days is soon."
    )
    weights: dict[str, float] = Field(..., description="By reason.")
    factors: dict[str, float] = Field(..., description="By state of the record.")

    def of(self, kind: str) -> Limit:
        """Return the limit for a kind of fact; that of `other` where there is none."""
        return self.months.get(kind, self.months[OTHER])


def read_limits(path: Path = LIMITS) -> Limits:
    """Return the limits of a file; raises `OSError` or pydantic's `ValidationError`."""
    return Limits(**read_yaml(path))
