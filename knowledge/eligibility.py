"""Whether a firm may get a scheme, as far as the known facts say.

A known fact that contradicts a criterion gives `no`; `yes` needs every criterion known and met; all else is
`unknown`, with the facts that would decide. Each verdict comes with codes; `knowledge.wording` makes
sentences of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge import naf
from knowledge.codes import LOAN_LIKE, AidKind, Confidence, SizeCategory
from knowledge.facts import Firm
from knowledge.schema import Scheme

# Fewest and most employees of each INSEE size category (decree 2008-1354 of 18 December 2008, article 3).
_SIZES = {
    SizeCategory.MIC: (0, 9),
    SizeCategory.PME: (10, 249),
    SizeCategory.ETI: (250, 4999),
    SizeCategory.GE: (5000, None),
}

# PARTIAL: the scheme may pay a part only; that rules nobody out.
MET, BROKEN, OPEN, PARTIAL = "met", "broken", "open", "partial"
SIZE_TO_CONFIRM = "size_to_confirm"
Labels = dict[str, list[str]]


@dataclass(frozen=True)
class Finding:
    """One criterion: `state` is met, broken, open or partial; `code` names its sentence, `values` fill it, `fact`
    would decide it.
    """

    state: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    fact: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What the criteria say together: `eligible` is yes, no or unknown."""

    eligible: str
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> list[str]:
        """Return the facts that would decide, each once, in the order of the criteria."""
        open_facts = [finding.fact for finding in self.findings if finding.state == OPEN and finding.fact]
        return [] if self.eligible == "no" else list(dict.fromkeys(open_facts))


def judge(scheme: Scheme, firm: Firm, labels: Labels) -> Verdict:
    """Return the verdict on `firm`; `labels` gives the NAF codes of the activities named in words."""
    findings = tuple(_findings(scheme, firm, labels)) or (
        Finding(OPEN, "conditions_unread", {}, "conditions"),
    )
    states = {finding.state for finding in findings}
    if BROKEN in states:
        return Verdict("no", tuple(finding for finding in findings if finding.state == BROKEN))
    if states == {MET}:
        return Verdict("yes", findings)
    return Verdict("unknown", findings)


def _findings(scheme: Scheme, firm: Firm, labels: Labels) -> Iterator[Finding]:
    yield from _headcount(scheme, firm)
    yield from _size(scheme, firm)
    yield from _sector(scheme, firm, labels)
    yield from _amount(scheme, firm)
    yield from _cap(scheme, firm)
    yield from _unasked(scheme)


def _headcount(scheme: Scheme, firm: Firm) -> Iterator[Finding]:
    low, high = scheme.eligibilite_effectif_minimal, scheme.eligibilite_effectif_maximal
    if low is None and high is None:
        return
    values = {"low": low, "high": high, "headcount": firm.headcount}
    if firm.headcount is None:
        yield Finding(OPEN, "headcount_unknown", values, "headcount")
    elif low is not None and firm.headcount < low:
        yield Finding(BROKEN, "headcount_too_low", values)
    elif high is not None and firm.headcount > high:
        yield Finding(BROKEN, "headcount_too_high", values)
    else:
        yield Finding(MET, "headcount_fits", values)


def _size(scheme: Scheme, firm: Firm) -> Iterator[Finding]:
    categories = scheme.eligibilite_categorie_taille_entreprise
    if (
        not categories or scheme.eligibilite_effectif_maximal is not None
    ):  # an explicit limit is the scheme's own rule
        return
    low = min(_SIZES[category][0] for category in categories)
    high = max(
        (_SIZES[category][1] for category in categories),
        key=lambda most: float("inf") if most is None else most,
    )
    values = {"low": low, "high": high, "headcount": firm.headcount}
    if firm.headcount is None:
        yield Finding(OPEN, "size_unknown", values, "headcount")
    elif high is not None and firm.headcount > high:
        yield Finding(BROKEN, "headcount_too_high", values)
    elif (
        firm.headcount < low
    ):  # the European definition counts a very small firm among the small and medium ones
        yield Finding(OPEN, SIZE_TO_CONFIRM, values, "conditions")
    else:
        yield Finding(MET, "headcount_fits", values)
    if high is not None and scheme.turnover_max is None:  # the categories also have a limit of turnover
        yield Finding(OPEN, "turnover_unknown", {"turnover_max": None}, "turnover")


def _sector(scheme: Scheme, firm: Firm, labels: Labels) -> Iterator[Finding]:
    named, refused = scheme.ciblage_secteur_activite, scheme.sector_exclusions
    if refused or scheme.ciblage_naf_exclusions:
        state = _held(scheme.ciblage_naf_exclusions, refused, firm, labels)
        yield _sector_finding({True: BROKEN, False: MET, None: OPEN}[state], "sector_excluded", refused, firm)
    if named or scheme.ciblage_naf:
        state = _held(scheme.ciblage_naf, named, firm, labels)
        yield _sector_finding({True: MET, False: BROKEN, None: OPEN}[state], "sector_included", named, firm)


def _held(codes: list[str], words: list[str], firm: Firm, labels: Labels) -> bool | None:
    if firm.sector is None:
        return None
    coded = [code for word in words for code in labels.get(word, ())]
    held = naf.covers([*codes, *coded], firm.sector)
    vague = any(not labels.get(word) for word in words)
    return None if held is False and vague else held


def _sector_finding(state: str, code: str, words: list[str], firm: Firm) -> Finding:
    fact = None if state != OPEN else "sector" if firm.sector is None else "activity"
    return Finding(state, f"{code}_{state}", {"words": words}, fact)


def _amount(scheme: Scheme, firm: Firm) -> Iterator[Finding]:
    amounts = scheme.amounts
    lent = not LOAN_LIKE.isdisjoint(scheme.types_aides[:1])
    floor = amounts.amount_min if lent and amounts.expense_min is None else amounts.expense_min
    if floor is None:
        return
    values = {"floor": floor, "amount": firm.amount}
    kind = "loan" if lent and amounts.expense_min is None else "expense"
    if firm.amount is None:
        yield Finding(OPEN, f"{kind}_floor_unknown", values, "amount")
    else:
        state = BROKEN if firm.amount < floor else MET
        yield Finding(state, f"{kind}_floor_{state}", values)


def _cap(scheme: Scheme, firm: Firm) -> Iterator[Finding]:
    """Yield whether a loan can cover a known amount; above its cap it can still be one loan of several."""
    cap = scheme.amounts.amount_max
    if firm.amount is None or cap is None or scheme.types_aides[0] is not AidKind.LOAN:
        return
    state = PARTIAL if firm.amount > cap else MET
    yield Finding(state, f"loan_cap_{state}", {"cap": cap, "amount": firm.amount})


def _unasked(scheme: Scheme) -> Iterator[Finding]:
    """Yield the criteria no owner is asked about: they stay open."""
    if scheme.turnover_max is not None:
        yield Finding(OPEN, "turnover_unknown", {"turnover_max": scheme.turnover_max}, "turnover")
    low, high = scheme.eligibilite_annees_existence_minimal, scheme.age_max_years
    if low is not None or high is not None:
        yield Finding(OPEN, "age_unknown", {"low": low, "high": high}, "age")
    forms = scheme.eligibilite_forme_juridique or scheme.eligibilite_forme_juridique_exclusions
    if forms:
        values = {"forms": forms, "admitted": bool(scheme.eligibilite_forme_juridique)}
        yield Finding(OPEN, "legal_form_unknown", values, "legal_form")
    if scheme.eligibilite:
        yield Finding(OPEN, "conditions_unknown", {"conditions": scheme.eligibilite}, "conditions")
    elif scheme.confidence is Confidence.MEMORY:  # nobody has read the conditions
        yield Finding(OPEN, "conditions_unread", {}, "conditions")
