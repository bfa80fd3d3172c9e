"""All criteria of a scheme together."""

from dataclasses import dataclass

from knowledge.codes import Confidence
from knowledge.eligibility import choices, criteria, sizes
from knowledge.eligibility.choices import Labels
from knowledge.eligibility.criteria import Check
from knowledge.eligibility.findings import OPEN, Finding, Verdict, verdict_of
from knowledge.facts import Firm
from knowledge.schema import Scheme

_UNREAD = Finding(OPEN, "conditions_unread", {}, "conditions")


@dataclass(frozen=True)
class Prepared:
    """The criteria of one scheme, ready for any number of firms; `constant` is what no owner is asked."""

    checks: tuple[Check, ...]
    constant: tuple[Finding, ...]

    @property
    def decidable(self) -> bool:
        """Say whether facts alone can make it a `yes`: no condition is left that no owner is asked about."""
        return bool(self.checks) and not self.constant

    def judge(self, firm: Firm, *others: Finding) -> Verdict:
        """Return the verdict on `firm`; `others` are findings made elsewhere (the territory), said first."""
        found = [finding for check in self.checks if (finding := check(firm)) is not None]
        found += self.constant
        return verdict_of((*others, *(found or (_UNREAD,))))


def prepare(scheme: Scheme, labels: Labels) -> Prepared:
    """Return the criteria of a scheme; `labels` gives the NAF codes of the activities named in words.

    To be kept beside the scheme and thrown away with it: nothing is remembered elsewhere.
    """
    checks = (
        criteria.headcount(scheme),
        sizes.headcount_of_size(scheme),
        sizes.money_of_size(scheme),
        choices.sector_excluded(scheme, labels),
        choices.sector_included(scheme, labels),
        criteria.amount(scheme),
        criteria.cap(scheme),
        criteria.turnover(scheme),
        criteria.age(scheme),
        choices.legal_form_included(scheme),
        choices.legal_form_excluded(scheme),
    )
    return Prepared(tuple(check for check in checks if check is not None), tuple(_constant(scheme)))


def judge(scheme: Scheme, firm: Firm, labels: Labels, *others: Finding) -> Verdict:
    """Return the verdict on `firm`, for a scheme that is judged once; see `prepare` for many firms."""
    return prepare(scheme, labels).judge(firm, *others)


def _constant(scheme: Scheme) -> list[Finding]:
    """Return the criteria no owner is asked about: they stay open."""
    if scheme.eligibilite:
        return [Finding(OPEN, "conditions_unknown", {"conditions": scheme.eligibilite}, "conditions")]
    return [_UNREAD] if scheme.confidence is Confidence.MEMORY else []  # nobody has read the conditions
