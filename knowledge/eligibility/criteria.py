"""Criteria on one figure of the firm: headcount, turnover, age, amount. Every limit is included.

Each function takes a scheme and returns the check it needs, or None where the scheme has no such criterion:
what does not depend on the firm is worked out once. A check takes a firm and returns what it finds.
"""

from collections.abc import Callable

from knowledge.codes import LOAN_LIKE, AidKind
from knowledge.eligibility.findings import BROKEN, MET, OPEN, PARTIAL, Finding
from knowledge.facts import Firm
from knowledge.schema import Scheme

# What is said of a limit while nobody has told the headcount.
HEADCOUNT_UNTOLD = frozenset({"headcount_unknown", "size_unknown"})
Check = Callable[[Firm], Finding | None]


def headcount(scheme: Scheme) -> Check | None:
    """Check the scheme's own limits of headcount, in employees."""
    low, high = scheme.eligibilite_effectif_minimal, scheme.eligibilite_effectif_maximal
    if low is None and high is None:
        return None

    def check(firm: Firm) -> Finding:
        staff = firm.headcount
        values = {"low": low, "high": high, "headcount": staff}
        if staff is None:
            return Finding(OPEN, "headcount_unknown", values, "headcount")
        if low is not None and staff < low:
            return Finding(BROKEN, "headcount_too_low", values)
        if high is not None and staff > high:
            return Finding(BROKEN, "headcount_too_high", values)
        return Finding(MET, "headcount_fits", values)

    return check


def turnover(scheme: Scheme) -> Check | None:
    """Check the scheme's own limit of turnover, in euros a year."""
    limit = scheme.turnover_max
    if limit is None:
        return None

    def check(firm: Firm) -> Finding:
        values = {"turnover_max": limit, "turnover": firm.turnover}
        if firm.turnover is None:
            return Finding(OPEN, "turnover_unknown", values, "turnover")
        if firm.turnover > limit:
            return Finding(BROKEN, "turnover_too_high", values)
        return Finding(MET, "turnover_fits", values)

    return check


def age(scheme: Scheme) -> Check | None:
    """Check how long the firm has existed, in years."""
    low, high = scheme.eligibilite_annees_existence_minimal, scheme.age_max_years
    if low is None and high is None:
        return None

    def check(firm: Firm) -> Finding:
        values = {"low": low, "high": high, "age": firm.age_years}
        if firm.age_years is None:
            return Finding(OPEN, "age_unknown", values, "age")
        if low is not None and firm.age_years < low:
            return Finding(BROKEN, "age_too_low", values)
        if high is not None and firm.age_years > high:
            return Finding(BROKEN, "age_too_high", values)
        return Finding(MET, "age_fits", values)

    return check


def amount(scheme: Scheme) -> Check | None:
    """Check the smallest expense, or the smallest loan, in euros."""
    amounts = scheme.amounts
    lent = scheme.types_aides[0] in LOAN_LIKE and amounts.expense_min is None
    floor, kind = (amounts.amount_min, "loan") if lent else (amounts.expense_min, "expense")
    if floor is None:
        return None
    unknown, met, broken = (f"{kind}_floor_{state}" for state in ("unknown", MET, BROKEN))

    def check(firm: Firm) -> Finding:
        values = {"floor": floor, "amount": firm.amount}
        if firm.amount is None:
            return Finding(OPEN, unknown, values, "amount")
        return Finding(BROKEN, broken, values) if firm.amount < floor else Finding(MET, met, values)

    return check


def cap(scheme: Scheme) -> Check | None:
    """Check whether a loan can cover a known amount; above its cap it can still be one loan of several."""
    most = scheme.amounts.amount_max
    if most is None or scheme.types_aides[0] is not AidKind.LOAN:
        return None

    def check(firm: Firm) -> Finding | None:
        if firm.amount is None:
            return None
        state = PARTIAL if firm.amount > most else MET
        return Finding(state, f"loan_cap_{state}", {"cap": most, "amount": firm.amount})

    return check
