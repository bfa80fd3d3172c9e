"""Which rules hold for a firm on a day, and which from when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.codes import SizeCategory
from knowledge.facts import Firm
from knowledge.rules import sizes
from knowledge.schema import Application, Rule
from knowledge.schema.guidance_codes import RuleStatus

NOW, LATER, DEPENDS, PENDING = "now", "later", "depends", "pending"


@dataclass(frozen=True)
class Case:
    """A rule as it concerns one firm: the part that applies (None: the rule as a whole) and since when."""

    rule: Rule
    state: str
    application: Application | None = None
    missing: tuple[str, ...] = ()


def cases(rule: Rule, firm: Firm, today: date, size: SizeCategory | None = None) -> list[Case]:
    """Return what `rule` means for `firm` on `today`: nothing where it is repealed, over or for others.

    `size` is the firm's category where the owner said it; else it follows from headcount and money.
    """
    if rule.status is RuleStatus.REPEALED:
        return []
    if not rule.applies:
        return [Case(rule, NOW if rule.status is RuleStatus.IN_FORCE else PENDING)]
    judged = [
        (part, _judge(part, firm, size or size_of(firm))) for part in rule.applies if not _over(part, today)
    ]
    if rule.status is not RuleStatus.IN_FORCE:
        return [Case(rule, PENDING)] if any(holds is not False for _, (holds, _) in judged) else []
    return _decided(rule, judged, today) or _open(rule, judged)


def size_of(firm: Firm) -> SizeCategory | None:
    """Return the smallest size category the known facts allow; None without a headcount."""
    if firm.headcount is None:
        return None
    for size in sizes():
        fits = size.headcount_max is None or firm.headcount <= size.headcount_max
        if fits and size.holds_money(firm.turnover, firm.balance_sheet) is not False:
            return size.category
    return None


Judged = list[tuple[Application, tuple[bool | None, tuple[str, ...]]]]


def _decided(rule: Rule, judged: Judged, today: date) -> list[Case]:
    held = [part for part, (holds, _) in judged if holds]
    return [Case(rule, LATER if _to_come(part, today) else NOW, part) for part in held]


def _open(rule: Rule, judged: Judged) -> list[Case]:
    missing = [fact for _, (holds, facts) in judged if holds is None for fact in facts]
    return [Case(rule, DEPENDS, missing=tuple(dict.fromkeys(missing)))] if missing else []


def _judge(part: Application, firm: Firm, size: SizeCategory | None) -> tuple[bool | None, tuple[str, ...]]:
    """Say whether the part is for this firm; None with the facts that would decide."""
    checks = list(_checks(part, firm, size))
    if any(holds is False for holds, _ in checks):
        return False, ()
    missing = tuple(fact for holds, fact in checks if holds is None)
    return (None, missing) if missing else (True, ())


def _checks(part: Application, firm: Firm, size: SizeCategory | None) -> Iterator[tuple[bool | None, str]]:
    yield _within(firm.headcount, part.headcount_min, part.headcount_max), "headcount"
    yield _within(firm.turnover, part.turnover_min, part.turnover_max), "turnover"
    if part.sizes:
        yield None if size is None else size in part.sizes, "headcount"


def _within(value: int | None, low: int | None, high: int | None) -> bool | None:
    if low is None and high is None:
        return True
    if value is None:
        return None
    return (low is None or low <= value) and (high is None or value <= high)


def _to_come(part: Application, today: date) -> bool:
    return part.from_date is not None and date.fromisoformat(part.from_date) > today


def _over(part: Application, today: date) -> bool:
    return part.until_date is not None and date.fromisoformat(part.until_date) < today
