"""INSEE's size categories and their limits, from `sizes.yml`."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from knowledge.codes import SizeCategory
from knowledge.schema.base import Euros, Headcount, Strict
from yaml_files import read_yaml

_FILE = Path(__file__).with_name("sizes.yml")


class Size(Strict):
    """The limits of one size category; None is no limit."""

    category: SizeCategory = Field(..., description="MIC, PME, ETI or GE.")
    headcount_max: Headcount | None = Field(None, description="Most employees, included.")
    turnover_max: Euros | None = Field(None, description="Most turnover a year, in euros, included.")
    balance_sheet_max: Euros | None = Field(None, description="Largest balance sheet, in euros, included.")

    def holds_money(self, turnover: int | None, balance_sheet: int | None) -> bool | None:
        """Say whether a firm with this turnover and balance sheet (euros, None: not known) is within the limits:
        one of the two is enough; None where a fact that is not known decides.
        """
        if self.turnover_max is None:
            return True
        turnover_fits = None if turnover is None else turnover <= self.turnover_max
        balance_fits = None if balance_sheet is None else balance_sheet <= self.balance_sheet_max
        if turnover_fits or balance_fits:
            return True
        return False if turnover_fits is False and balance_fits is False else None


@lru_cache(maxsize=1)
def sizes() -> tuple[Size, ...]:
    """Return the categories, smallest first, read once a process."""
    given = read_yaml(_FILE)
    return tuple(Size(**size) for size in given["sizes"])
