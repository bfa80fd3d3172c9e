"""What is known about the firm that asks, and what the matching makes of it."""

from dataclasses import dataclass
from functools import lru_cache

from knowledge import naf
from knowledge.codes import Trade
from knowledge.schema import Reference, TradeRule
from knowledge.territories import normalise_name


@dataclass(frozen=True)
class Firm:
    """Facts an owner may have given; None is « not known ».

    `sector` is a NAF division (two digits) or a section letter; `headcount` is employees, 0 for one alone;
    `amount` is euros, of the project or of the loan; `country` is the foreign country in question, ISO
    3166-1 alpha-2; `trade` is the trade in words (« fleuriste »), `craft` whether it is one of craftsmen.
    `turnover` is euros a year before tax, `balance_sheet` the total of the balance sheet in euros, `age_years`
    the years since the firm was founded (0.5 is six months), `legal_form` a code of
    `knowledge/rules/legal_forms.yml`, or words for one.
    """

    sector: str | None = None
    headcount: int | None = None
    amount: int | None = None
    country: str | None = None
    trade: str | None = None
    craft: bool | None = None
    turnover: int | None = None
    balance_sheet: int | None = None
    age_years: float | None = None
    legal_form: str | None = None


def trade_of(firm: Firm, reference: Reference) -> Trade | None:
    """Return the chamber the firm most likely belongs to; `liberal` is neither, None not known.

    A trade known to be of craftsmen decides. Else rules are data (`trades` of `sectors.yml`); the first
    that holds counts.
    """
    if firm.craft:
        return Trade.CRAFT
    for rule in reference.trades:
        refused = rule.trade is Trade.CRAFT and firm.craft is False
        if not refused and _sized(rule, firm) and _active(rule, firm):
            return rule.trade
    return None


def _sized(rule: TradeRule, firm: Firm) -> bool:
    """Say whether the headcount fits; one that is not known is small."""
    staff = firm.headcount or 0
    return (rule.headcount_min or 0) <= staff and (rule.headcount_max is None or staff <= rule.headcount_max)


@lru_cache(maxsize=100)  # the rules are few and the same for every question
def _words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normalise_name, words))


def _active(rule: TradeRule, firm: Firm) -> bool:
    if not rule.words and not rule.naf:
        return True
    if firm.trade and normalise_name(firm.trade) in _words(tuple(rule.words)):
        return True
    return firm.sector is not None and naf.covers(rule.naf, firm.sector) is True
