"""Which guidance holds for the countries in question and for where the firm itself is."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.schema import Answer
from knowledge.schema.guidance_base import OUTSIDE
from knowledge.schema.guidance_codes import Home

UNION = "EU"
# Trade between the mainland and the overseas territories: neither at home nor abroad.
OVERSEAS_TRADE = "overseas_trade"
_AREAS = {UNION, OUTSIDE, OVERSEAS_TRADE}


@dataclass(frozen=True)
class Market:
    """`targets`: what each country in question is called in records (its code, then `EU` or `outside`); empty where
    no country is in question. `home` is set where the firm is overseas.
    """

    targets: tuple[frozenset[str], ...] = ()
    home: Home | None = None

    def admits(self, record: Answer) -> bool:
        """Tell whether the record holds for one of the countries, and for a firm of this home."""
        if self.home in record.not_from:
            return False
        if not self.targets or not record.countries:
            return True
        return any(
            target.intersection(record.countries) and target.isdisjoint(record.not_countries)
            for target in self.targets
        )


ANYWHERE = Market()


def market_of(codes: Iterable[str], union: frozenset[str], home: Home | None = None) -> Market:
    """Return the market of countries (ISO 3166-1 alpha-2) and areas (`EU`, `outside`, `overseas_trade`)."""
    targets = [
        frozenset([code]) if code in _AREAS else frozenset([code, UNION if code in union else OUTSIDE])
        for code in dict.fromkeys(codes)
    ]
    return Market(tuple(targets), home)
