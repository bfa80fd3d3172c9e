"""Which comparison a message asks for, and how a comparison is told: with a recommendation, or without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.advice import ComparisonRule, NamedComparison, Score, Way
from actions.form import says_any
from actions.guidance import guidance_message
from actions.messages import BotMessage
from actions.services import Services
from knowledge.guidance import Compared, Fact
from knowledge.typography import french

NAME = "compare_sales_channels"
BOTH = "both"
MOST_REASONS, MOST_ROWS, MOST_COSTS = 3, 3, 2


def named_comparison(
    services: Services, text: str, need: str | None = None, *, loosely: bool = True
) -> str | None:
    """Return the record of the comparison that a text asks for, or that goes without saying for the need at hand.

    `loosely`: the words of the records count too, not only those of the table.
    """
    table = services.wording.advice.named
    by_words = next((each.record for each in table if _names(each, text)), None)
    if by_words:
        return by_words
    found = services.knowledge.guidance.comparison(None, text) if loosely else None
    if found:
        key = found.facts[0].id
        return next((each.record for each in table if key in each.covers), key)
    return next((each.record for each in table if need in each.at_hand), None)


def _names(comparison: NamedComparison, text: str) -> bool:
    return all(says_any(text, group) for group in comparison.named) and not says_any(text, comparison.never)


def need_after(services: Services, record: str, need: str | None) -> str:
    """Return the need whose contacts follow a comparison: the one at hand where it is near, else its own."""
    named = next((each for each in services.wording.advice.named if each.record == record), None)
    if named is None:
        return need or "online_store"
    return need if need in named.at_hand else named.need


@dataclass(frozen=True)
class Choice:
    """What the answers speak for: the way, the need whose contacts follow, the reasons, and the way that is next."""

    to: str
    need: str
    reasons: Sequence[str]
    other: Score


def choose(
    rule: ComparisonRule, sides: Compared, ranked: Sequence[Score], answers: Mapping[str, Any]
) -> Choice:
    """Return the recommendation; where both ways of a comparison that knows « both » have the same points: both."""
    best = [each for each in ranked if each.points == ranked[0].points]
    tied = {each.to for each in best} >= {side.code for side in sides.sides}
    other = next((each for each in ranked if each.to != ranked[0].to), _unscored(rule, ranked[0].to))
    need = _need(rule, ranked[0].to, answers)
    if tied and sides.both:
        reasons = [each.reasons[0] for each in best]
        return Choice(BOTH, need, reasons, other)
    return Choice(ranked[0].to, need, ranked[0].reasons[:MOST_REASONS], other)


def _unscored(rule: ComparisonRule, best: str) -> Score:
    return Score(next(way for way in rule.ways if way != best), 0, ())


def _need(rule: ComparisonRule, to: str, answers: Mapping[str, Any]) -> str:
    told = [needs.get(answers.get(key)) for key, needs in rule.needs.items()]
    return next((need for need in told if need), rule.ways[to].need)


def recommendation(services: Services, rule: ComparisonRule, sides: Compared, choice: Choice) -> BotMessage:
    """Return the advice with its reasons, its budget, the other way and what to take care of."""
    both = choice.to == BOTH
    main = [side.code for side in sides.sides] if both else [choice.to]
    # Under « both » the second way needs no word of its own.
    other = None if both else choice.other
    words = {
        "both": both,
        "fits": sides.both if both else None,  # the reasons of this owner say more than those of the record
        "ways": [_label(rule, sides, code) for code in main],
        "reasons": choice.reasons,
        "other": other and _label(rule, sides, other.to),
        "other_fits": other and _fits(rule, sides, other.to),
        "other_reason": next(iter(other.reasons), None) if other else None,
        "watch_out": next(iter(sides.watch_out), None),
    }
    lead = services.wording.render("recommendation.txt.j2", **words)
    facts = _explained(services, rule, main)
    facts += [fact for code in main for fact in _budget(services, rule, sides, code, choice.need)]
    return guidance_message(
        services, NAME, [*facts, *_costs(services, rule, sides, main, choice.need)], lead=lead
    )


def without_advice(services: Services, sides: Compared) -> BotMessage:
    """Return the comparison as it stands: the short answer, whom each way fits, what sets them apart, both."""
    lead = services.wording.render(
        "comparison.txt.j2",
        question=sides.question,
        sides=sides.sides,
        rows=sides.rows[:MOST_ROWS],
        both=sides.both,
        watch_out=next(iter(sides.watch_out), None),
    )
    return guidance_message(services, NAME, sides.facts[: MOST_COSTS + 1], lead=lead)


def _explained(services: Services, rule: ComparisonRule, codes: Sequence[str]) -> list[Fact]:
    """Return what another comparison says of a way that this one does not know."""
    records = [rule.ways[code].record for code in codes if rule.ways[code].record]
    found = [services.knowledge.guidance.comparison_of(record) for record in records]
    return [each.facts[0] for each in found if each]


def _label(rule: ComparisonRule, sides: Compared, code: str) -> str:
    own = rule.ways[code].label
    return french(own) if own else next(side.label for side in sides.sides if side.code == code)


def _fits(rule: ComparisonRule, sides: Compared, code: str) -> str | None:
    own = rule.ways[code].fits
    return french(own) if own else next((side.fits for side in sides.sides if side.code == code), None)


def _budget(services: Services, rule: ComparisonRule, sides: Compared, code: str, need: str) -> list[Fact]:
    """Return the lines of the comparison that hold the budget of a way, as one fact with the comparison's source."""
    column = rule.ways[code].column or code
    codes = [side.code for side in sides.sides]
    wanted = rule.budget.get(_own_need(rule.ways[code], need), [])
    lines = {criterion: cells[codes.index(column)] for criterion, cells in sides.rows}
    found = {name: lines[french(name)] for name in wanted if french(name) in lines}
    if not found:
        return []
    text = services.wording.render("comparison_budget.txt.j2", way=_label(rule, sides, code), lines=found)
    return [replace(sides.facts[0], text=text)]


def _costs(
    services: Services, rule: ComparisonRule, sides: Compared, codes: Sequence[str], need: str
) -> list[Fact]:
    """Return the prices behind the budget, at most two."""
    found = []
    for code in codes:
        wanted = _own_need(rule.ways[code], need)
        known = {fact.id: fact for fact in services.knowledge.guidance.costs(wanted)}
        known |= {fact.id: fact for fact in sides.facts[1:]}
        found.append([known[key] for key in rule.ways[code].costs.get(wanted, []) if key in known])
    each = MOST_COSTS // len(codes)
    return [fact for facts in found for fact in facts[:each]]


def _own_need(way: Way, need: str) -> str:
    """Return the need that a way's costs are for: the one chosen where it has any for it."""
    return need if need in way.costs else way.need
