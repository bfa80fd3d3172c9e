"""The criterion of size category: headcount and money together, as the decree has it.

A scheme's own limit stands for that part of the category: its headcount for the category's, its turnover for
the category's money.
"""

from knowledge.codes import SizeCategory
from knowledge.eligibility.criteria import Check
from knowledge.eligibility.findings import BROKEN, MET, OPEN, Finding
from knowledge.facts import Firm
from knowledge.rules import Size, sizes
from knowledge.schema import Scheme

SIZE_TO_CONFIRM = "size_to_confirm"


def headcount_of_size(scheme: Scheme) -> Check | None:
    """Check the headcount of the largest category admitted, and that the firm is not smaller than the
    smallest.
    """
    admitted = _admitted(scheme)
    if not admitted:
        return None
    below = _below(admitted[0]) if scheme.eligibilite_effectif_minimal is None else None
    low = below.headcount_max + 1 if below else 0
    if scheme.eligibilite_effectif_maximal is not None:
        return _only_below(admitted[0], below, low) if below else None
    return _in_range(admitted, below, low)


def _in_range(admitted: list[Size], below: Size | None, low: int) -> Check:
    smallest, high = admitted[0], admitted[-1].headcount_max

    def check(firm: Firm) -> Finding:
        values = {"low": low, "high": high, "headcount": firm.headcount}
        if firm.headcount is None:
            return Finding(OPEN, "size_unknown", values, "headcount")
        if high is not None and firm.headcount > high:
            return Finding(BROKEN, "headcount_too_high", values)
        small = _too_small(smallest, below, firm, values) if firm.headcount < low else None
        return small or Finding(MET, "headcount_fits", values)

    return check


def _only_below(smallest: Size, below: Size, low: int) -> Check:
    def check(firm: Firm) -> Finding | None:
        if firm.headcount is None or firm.headcount >= low:
            return None
        values = {"low": low, "high": None, "headcount": firm.headcount}
        return _too_small(smallest, below, firm, values)

    return check


def _too_small(smallest: Size, below: Size, firm: Firm, values: dict) -> Finding | None:
    """Return what a headcount of the category below means: enough money still lifts a firm out of it.

    The European definition counts a very small firm among the small and medium ones: it is told to check.
    """
    held = below.holds_money(firm.turnover, firm.balance_sheet)
    if held is False:
        return None
    if smallest.category is SizeCategory.PME:
        return Finding(OPEN, SIZE_TO_CONFIRM, values, "conditions")
    return (
        Finding(BROKEN, "size_too_small", values)
        if held
        else Finding(OPEN, SIZE_TO_CONFIRM, values, _asked(firm))
    )


def money_of_size(scheme: Scheme) -> Check | None:
    """Check the turnover and the balance sheet of the largest category admitted: one within is enough."""
    admitted = _admitted(scheme)
    own_rule = scheme.eligibilite_effectif_maximal is not None or scheme.turnover_max is not None
    if own_rule or not admitted or admitted[-1].turnover_max is None:
        return None
    largest = admitted[-1]

    def check(firm: Firm) -> Finding:
        values = {
            "turnover_max": largest.turnover_max,
            "balance_sheet_max": largest.balance_sheet_max,
            "turnover": firm.turnover,
            "balance_sheet": firm.balance_sheet,
        }
        held = largest.holds_money(firm.turnover, firm.balance_sheet)
        if held is None:
            return Finding(OPEN, "size_money_unknown", values, _asked(firm))
        return (
            Finding(MET, "size_money_fits", values)
            if held
            else Finding(BROKEN, "size_money_too_high", values)
        )

    return check


def _asked(firm: Firm) -> str:
    """Return the fact that decides: the turnover first, the balance sheet where it is too high or not known."""
    return "turnover" if firm.turnover is None else "balance_sheet"


def _admitted(scheme: Scheme) -> list[Size]:
    named = scheme.eligibilite_categorie_taille_entreprise
    return [size for size in sizes() if size.category in named] if named else []


def _below(smallest: Size) -> Size | None:
    smaller = [size for size in sizes() if size.headcount_max and size is not smallest]
    under = [
        size
        for size in smaller
        if smallest.headcount_max is None or size.headcount_max < smallest.headcount_max
    ]
    return under[-1] if under else None
