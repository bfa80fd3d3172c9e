"""Whether a firm may get a scheme, as far as the known facts say.

A known fact that contradicts a criterion gives `no`; `yes` needs every criterion known and met; all else is
`unknown`, with the facts that would decide. Each verdict comes with codes; `knowledge.wording` makes
sentences of them.
"""

from knowledge.eligibility.choices import Labels
from knowledge.eligibility.criteria import HEADCOUNT_UNTOLD
from knowledge.eligibility.findings import BROKEN, MET, OPEN, PARTIAL, Finding, Verdict, verdict_of
from knowledge.eligibility.judging import Prepared, judge, prepare
from knowledge.eligibility.sizes import SIZE_TO_CONFIRM
from knowledge.eligibility.territory import judge_territory

__all__ = [
    "BROKEN", "HEADCOUNT_UNTOLD", "MET", "OPEN", "PARTIAL", "SIZE_TO_CONFIRM",
    "Finding", "Labels", "Prepared", "Verdict", "judge", "judge_territory", "prepare", "verdict_of",
]  # fmt: skip
