"""What a scheme may give, in euros, from the rates, floors and caps of its record."""

from dataclasses import dataclass

from knowledge.codes import AidKind, RateOf
from knowledge.facts import Firm
from knowledge.schema import Amounts, Scheme, Tier

_MONEY = frozenset(
    {AidKind.GRANT, AidKind.TAX_CREDIT, AidKind.LOAN, AidKind.EQUITY, AidKind.INSURANCE, AidKind.TRAINING}
)


@dataclass(frozen=True)
class Estimated:
    """The least and the most a firm may get, in euros (None: not known), and the terms that gave them, in
    percent.
    """

    low: int | None
    high: int | None
    rate: float | None = None
    rate_min: float | None = None
    varies: bool = False
    cap: int | None = None


def estimate(scheme: Scheme, firm: Firm) -> Estimated | None:
    """Return what the firm may get; None where the record holds no figure that says it.

    With a known amount and a rate: rate × expense, within the floor and the cap. Without: the floor and the
    cap. A guarantee gives no money: it has no estimate.
    """
    if _MONEY.isdisjoint(scheme.types_aides):
        return None
    terms = _terms(scheme.amounts, firm)
    if terms.rate is not None and firm.amount is not None:
        return _from_rate(scheme.amounts, terms, firm.amount)
    return None if terms.low is None and terms.high is None else terms


def _terms(amounts: Amounts, firm: Firm) -> Estimated:
    tier = _tier(amounts, firm)
    cap = tier.amount_max if tier and tier.amount_max is not None else amounts.amount_max
    rate = tier.rate_percent if tier and tier.rate_percent is not None else amounts.rate_percent
    if amounts.rate_of is not RateOf.EXPENSE:
        rate = None
    return Estimated(amounts.amount_min, cap, rate, amounts.rate_min_percent, amounts.rate_varies, cap)


def _tier(amounts: Amounts, firm: Firm) -> Tier | None:
    if firm.headcount is None:
        return None
    for tier in amounts.tiers:
        if tier.headcount_min <= firm.headcount and (
            tier.headcount_max is None or firm.headcount <= tier.headcount_max
        ):
            return tier
    return None


def _from_rate(amounts: Amounts, terms: Estimated, expense: int) -> Estimated | None:
    if amounts.expense_min is not None and expense < amounts.expense_min:
        return None
    most = _share(amounts, expense, terms.rate, terms.cap)
    least = None if terms.varies else _share(amounts, expense, terms.rate_min or terms.rate, terms.cap)
    return Estimated(least, most, terms.rate, terms.rate_min, terms.varies, terms.cap)


def _share(amounts: Amounts, expense: int, rate: float, cap: int | None) -> int:
    counted = min(expense, amounts.expense_max) if amounts.expense_max is not None else expense
    if amounts.expense_step:
        counted -= counted % amounts.expense_step
    share = max(round(counted * rate / 100), amounts.amount_min or 0)
    return share if cap is None else min(share, cap)
