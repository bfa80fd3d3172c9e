"""What a scheme may give, in euros, from the rates, floors and caps of its record.

Sums are cut to the whole euro below, so that none is ever said too high. What a rate gives below the floor is
nothing, unless the smallest expense is reached: then the floor is given. Without a known headcount, the
estimate goes from the tier that gives least to the one that gives most.
"""

from dataclasses import dataclass

from knowledge.codes import AidKind, RateOf
from knowledge.facts import Firm
from knowledge.schema import Amounts, Scheme, Tier

_MONEY = frozenset(
    {
        AidKind.GRANT,
        AidKind.TAX_CREDIT,
        AidKind.LOAN,
        AidKind.LEASING,
        AidKind.EQUITY,
        AidKind.INSURANCE,
        AidKind.TRAINING,
    }
)


@dataclass(frozen=True)
class Estimated:
    """The least and the most a firm may get, in euros (None: not known), and the terms that gave them.

    `kind` is what is given; rates are percent; `amount` is the firm's own figure, `counted` the part of it that
    counts (None: no rate was applied); `slices` are pairs of limit in euros and percent; `tiered` says that the terms
    are those of the firm's headcount.
    """

    kind: str
    low: int | None
    high: int | None
    rate: float | None = None
    rate_min: float | None = None
    varies: bool = False
    cap: int | None = None
    amount: int | None = None
    counted: int | None = None
    step: int | None = None
    slices: tuple[tuple[int | None, float], ...] = ()
    bonus: int | None = None
    bonus_for: str | None = None
    tiered: bool = False


@dataclass(frozen=True)
class _Terms:
    """The figures that hold for the firm: its tier's where it has one, else the general ones."""

    amounts: Amounts
    rate: float | None
    rate_min: float | None
    cap: int | None


def estimate(scheme: Scheme, firm: Firm) -> Estimated | None:
    """Return what the firm may get; None where the record holds no figure that says it.

    With a known amount and a rate: rate × expense, within the floor and the cap. Without: the range that is
    possible. A guarantee gives no money: it has no estimate.
    """
    kind = next((kind for kind in scheme.types_aides if kind in _MONEY), None)
    if kind is None:
        return None
    each = [_bounds(terms, firm) for terms in _terms(scheme.amounts, firm)]
    given = [bounds for bounds in each if bounds is not None]
    if not given:
        return None
    lows, highs = zip(*given, strict=True)
    low, high = _lowest(lows), _highest(highs)
    return None if low is None and high is None else _estimated(kind, scheme.amounts, firm, low, high)


def _terms(amounts: Amounts, firm: Firm) -> list[_Terms]:
    if firm.headcount is None and amounts.tiers:
        return [_with(amounts, tier) for tier in amounts.tiers]
    return [_with(amounts, _tier(amounts, firm.headcount))]


def _with(amounts: Amounts, tier: Tier | None) -> _Terms:
    own_rate = tier.rate_percent if tier else None
    own_cap = tier.amount_max if tier else None
    rate = own_rate or amounts.rate_percent if amounts.rate_of is RateOf.EXPENSE else None
    cap = amounts.amount_max if own_cap is None else own_cap
    return _Terms(amounts, rate, None if own_rate else amounts.rate_min_percent, cap)


def _tier(amounts: Amounts, headcount: int | None) -> Tier | None:
    for tier in amounts.tiers:
        most = tier.headcount_max
        if headcount is not None and tier.headcount_min <= headcount and (most is None or headcount <= most):
            return tier
    return None


def _bounds(terms: _Terms, firm: Firm) -> tuple[int | None, int | None] | None:
    if firm.amount is None:
        return _possible(terms)
    return _flat(terms, firm.amount) if terms.rate is None else _rated(terms, firm.amount)


def _possible(terms: _Terms) -> tuple[int | None, int | None]:
    """Return the range without a known amount: from the smallest expense to the largest one counted."""
    amounts = terms.amounts
    low, high = amounts.amount_min, terms.cap
    if terms.rate is not None:
        if low is None and amounts.expense_min is not None and not amounts.rate_varies:
            low = _share(terms, amounts.expense_min, terms.rate_min or terms.rate)
        if high is None and amounts.expense_max is not None:
            high = _share(terms, amounts.expense_max, terms.rate)
    return _not_above(low, high), high


def _flat(terms: _Terms, amount: int) -> tuple[int | None, int | None] | None:
    """Return the range where no rate is known: a fixed sum is given whole, any other covers the amount at most."""
    low, cap = terms.amounts.amount_min, terms.cap
    if _too_small(terms.amounts, amount):
        return None
    if low is not None and low == cap:
        return low, cap
    high = cap if cap is None else min(cap, amount)
    return None if low is not None and amount < low else (low, high)


def _rated(terms: _Terms, expense: int) -> tuple[int | None, int | None] | None:
    if _too_small(terms.amounts, expense):
        return None
    most = _given(terms, expense, terms.rate)
    if most is None:
        return None
    if terms.amounts.rate_varies:
        return None, most
    least = _given(terms, expense, terms.rate_min or terms.rate)
    return _not_above(terms.amounts.amount_min if least is None else least, most), most


def _given(terms: _Terms, expense: int, rate: float) -> int | None:
    """Return the share within the floor and the cap; None for a share below the floor."""
    share, floor = _share(terms, expense, rate), terms.amounts.amount_min
    if floor is not None and share < floor:
        if terms.amounts.expense_min is None:
            return None
        share = floor
    return share if terms.cap is None else min(share, terms.cap)


def _share(terms: _Terms, expense: int, rate: float) -> int:
    counted, total, below = _counted(terms.amounts, expense), 0.0, 0
    slices = [(part.up_to, part.rate_percent) for part in terms.amounts.slices] or [(None, rate)]
    for up_to, percent in slices:
        top = counted if up_to is None else min(counted, up_to)
        total += max(top - below, 0) * percent
        below = max(below, top)
    return int(round(total / 100, 6))  # the whole euro below; rounded first, so that 29 % of 100 € is 29 €


def _counted(amounts: Amounts, expense: int) -> int:
    counted = expense if amounts.expense_max is None else min(expense, amounts.expense_max)
    return counted - counted % amounts.expense_step if amounts.expense_step else counted


def _too_small(amounts: Amounts, expense: int) -> bool:
    return amounts.expense_min is not None and expense < amounts.expense_min


def _not_above(low: int | None, high: int | None) -> int | None:
    return low if low is None or high is None else min(low, high)


def _lowest(bounds: tuple[int | None, ...]) -> int | None:
    return None if None in bounds else min(bounds)


def _highest(bounds: tuple[int | None, ...]) -> int | None:
    return None if None in bounds else max(bounds)


def _estimated(kind: AidKind, amounts: Amounts, firm: Firm, low: int | None, high: int | None) -> Estimated:
    every = _terms(amounts, firm)
    rates = [rate for terms in every for rate in (terms.rate, terms.rate_min) if rate is not None]
    caps = [terms.cap for terms in every]
    rated = bool(rates) and firm.amount is not None
    return Estimated(
        kind=kind.value,
        low=low,
        high=high,
        rate=max(rates, default=None),
        rate_min=min(rates) if len(set(rates)) > 1 else None,
        varies=amounts.rate_varies,
        cap=None if None in caps else max(caps),
        amount=firm.amount,
        counted=_counted(amounts, firm.amount) if rated else None,
        step=amounts.expense_step,
        slices=tuple((part.up_to, part.rate_percent) for part in amounts.slices),
        bonus=amounts.bonus_max,
        bonus_for=amounts.bonus_for,
        tiered=firm.headcount is not None and _tier(amounts, firm.headcount) is not None,
    )
