"""Rules that turn answers into advice: points for each answer, as data that advisors can review (`wording/advice/`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, PositiveInt

from yaml_files import read_yaml

COMPARISONS, DIAGNOSIS = "comparisons", "diagnosis"
MOST_NEEDS = 3


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True


class Weight(_Strict):
    """What an answer speaks for: an option or a need, how much, and the reason as an owner reads it."""

    to: str
    points: PositiveInt
    reason: str


# By question, then by answer.
Weights = Mapping[str, Mapping[str, Sequence[Weight]]]


class Way(_Strict):
    """One way that may be recommended: the need whose contacts follow, the costs shown by need.

    Where the comparison has no side of that name, `label` and `fits` stand for it, `column` is the side whose budget it
    has, `record` the comparison of the knowledge base that tells more of it.
    """

    need: str
    costs: dict[str, list[str]] = {}
    label: str | None = None
    fits: str | None = None
    column: str | None = None
    record: str | None = None


class ComparisonRule(_Strict):
    """How the answers about one comparison are weighed; the file says what each part is for."""

    asks: Sequence[str]
    ways: dict[str, Way]
    weights: dict[str, dict[str, list[Weight]]]
    budget: dict[str, list[str]] = {}
    needs: dict[str, dict[str, str]] = {}
    trades: dict[str, dict[str, str]] = {}
    bands: dict[str, dict[str, int]] = {}


class NamedComparison(_Strict):
    """The words that ask for one comparison of the knowledge base."""

    record: str
    need: str
    at_hand: Sequence[str] = ()
    covers: Sequence[str] = ()
    named: Sequence[Sequence[str]]
    never: Sequence[str] = ()


class Stand(_Strict):
    """Where a firm stands on one theme; `fine`: nothing to do."""

    says: str
    fine: bool = False


class DiagnosisRule(_Strict):
    """How the eight answers become a result."""

    order: Sequence[str]
    themes: dict[str, str]
    stands: dict[str, dict[str, Stand]]
    weights: dict[str, dict[str, list[Weight]]]


@dataclass(frozen=True)
class Advice:
    """All rules: which comparison is asked for, how each is weighed by its record's id, how the diagnosis is."""

    named: Sequence[NamedComparison]
    comparisons: Mapping[str, ComparisonRule]
    diagnosis: DiagnosisRule


@dataclass(frozen=True)
class Score:
    """An option or a need with its points and the reasons for them, the weightiest first."""

    to: str
    points: int
    reasons: tuple[str, ...]


def load_advice(folder: Path) -> Advice:
    """Read the rules; unknown keys are refused."""
    tables = {path.stem: read_yaml(path) for path in sorted(folder.glob("*.yml"))}
    return Advice(
        named=[NamedComparison(**each) for each in tables.pop(COMPARISONS)],
        diagnosis=DiagnosisRule(**tables.pop(DIAGNOSIS)),
        comparisons={name: ComparisonRule(**table) for name, table in tables.items()},
    )


def scores(weights: Weights, answers: Mapping[str, Any], order: Sequence[str]) -> list[Score]:
    """Return what the answers speak for, most points first; the same points keep `order`."""
    said = [weight for key, answer in answers.items() for weight in weights.get(key, {}).get(answer, ())]
    found = [_score(to, [each for each in said if each.to == to]) for to in order]
    return sorted((each for each in found if each.points), key=lambda each: -each.points)


def _score(to: str, weights: Sequence[Weight]) -> Score:
    heavy_first = sorted(weights, key=lambda each: -each.points)
    reasons = dict.fromkeys(each.reason for each in heavy_first)
    return Score(to, sum(each.points for each in weights), tuple(reasons))


def ranked_needs(rule: DiagnosisRule, answers: Mapping[str, Any]) -> list[Score]:
    """Return the needs that a diagnosis found, the first ones only."""
    return scores(rule.weights, answers, rule.order)[:MOST_NEEDS]


def next_need(rule: DiagnosisRule, answers: Mapping[str, Any], needs: Sequence[str]) -> str | None:
    """Return the need that follows the last of `needs` in the result of a diagnosis; None where none does."""
    ranked = [each.to for each in ranked_needs(rule, answers)]
    places = [ranked.index(need) for need in needs if need in ranked]
    return next(iter(ranked[max(places) + 1 :]), None) if places else None


def band(bands: Mapping[str, int], amount: int) -> str:
    """Return the first band that the amount is under, or the last one; a band ends where the next begins."""
    return next((name for name, end in bands.items() if amount < end), list(bands)[-1])
