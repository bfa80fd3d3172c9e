"""Figures of understanding: labelled messages against what was understood. No rasa here.

A gold row is `{"text", "intent", "needs", "entities": [{"entity", "text", "value"}]}`; a parse is what
/model/parse gives.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

Row = dict[str, Any]
OUTSIDE = {"out_of_scope", "other_business_need"}
CONFIDENT = 0.6
BINS = 10


def figures(rows: Sequence[Row], parses: Sequence[Row]) -> dict[str, float]:
    """Return every figure as a share from 0 to 1, with the number of messages."""
    pairs = list(zip(rows, parses, strict=True))
    one = [pair for pair in pairs if len(pair[0]["needs"]) == 1]
    two = [pair for pair in pairs if len(pair[0]["needs"]) > 1]
    acts = [pair for pair in pairs if not pair[0]["needs"]]
    return {
        "messages": len(rows),
        "single": _share(one, is_right),
        "multi_both": _share(two, lambda row, parse: set(row["needs"]) <= set(needs_of(parse))),
        "multi_main": _share(two, lambda row, parse: intent_of(parse).removeprefix("need_") in row["needs"]),
        "false_second": _share(one, lambda row, parse: len(needs_of(parse)) > 1),
        "acts": _share(acts, is_right),
        "act_false_need": _share(acts, lambda row, parse: bool(needs_of(parse))),
        "oos_f1": _outside_f1(pairs),
        "confident_wrong": _share(
            pairs, lambda row, parse: confidence_of(parse) >= CONFIDENT and not is_right(row, parse)
        ),
        "ece": calibration_error([(confidence_of(parse), is_right(row, parse)) for row, parse in pairs]),
        **entity_f1(pairs),
    }


def intent_of(parse: Row) -> str:
    """Return the name of the main intent, empty where there is none."""
    return parse["intent"]["name"] or ""


def confidence_of(parse: Row) -> float:
    """Return the confidence in the main intent."""
    return parse["intent"]["confidence"]


def needs_of(parse: Row) -> list[str]:
    """Return the needs understood, most important first."""
    return [each["value"] for each in parse["entities"] if each["entity"] == "need"]


def is_right(row: Row, parse: Row) -> bool:
    """Tell whether the main intent is the labelled one."""
    return intent_of(parse) == row["intent"]


def by_label(rows: Sequence[Row], parses: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """Return for each label how many of its messages were understood, and how many there are."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, parse in zip(rows, parses, strict=True):
        counts[row["intent"]][0] += is_right(row, parse)
        counts[row["intent"]][1] += 1
    return {label: (right, total) for label, (right, total) in sorted(counts.items())}


class LabelScore(NamedTuple):
    """How well one label is understood, from 0 to 1."""

    messages: int
    precision: float
    recall: float
    f1: float


def by_label_f1(rows: Sequence[Row], parses: Sequence[Row]) -> dict[str, LabelScore]:
    """Return the score of each label that is there or was given, the weakest first."""
    pairs = [(row["intent"], intent_of(parse)) for row, parse in zip(rows, parses, strict=True)]
    found = {label: _label_score(label, pairs) for label in sorted({each for pair in pairs for each in pair})}
    return dict(sorted(found.items(), key=lambda item: item[1].f1))


def _label_score(label: str, pairs: Sequence[tuple[str, str]]) -> LabelScore:
    right = pairs.count((label, label))
    there = sum(gold == label for gold, _ in pairs)
    given = sum(guess == label for _, guess in pairs)
    return LabelScore(
        there, right / max(1, given), right / max(1, there), _f1(right, given - right, there - right)
    )


def calibration_error(answers: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ten bins of (confidence, right or not)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in answers:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    gaps = (abs(sum(c for c, _ in b) - sum(right for _, right in b)) for b in bins.values())
    return sum(gaps) / len(answers)


def entity_f1(pairs: Sequence[tuple[Row, Row]]) -> dict[str, float]:
    """Return F1 for each kind of entity; found means an overlapping span with the right value."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for row, parse in pairs:
        found = [
            each for each in parse["entities"] if each["entity"] != "need" and each.get("start") is not None
        ]
        for kind in {each["entity"] for each in row["entities"] + found}:
            gold = [each for each in row["entities"] if each["entity"] == kind]
            guessed = [each for each in found if each["entity"] == kind]
            hits = _hits(row["text"], gold, guessed)
            counts[kind].update(tp=hits, fn=len(gold) - hits, fp=len(guessed) - hits)
    return {
        f"f1_{kind}": _f1(count["tp"], count["fp"], count["fn"]) for kind, count in sorted(counts.items())
    }


def _hits(text: str, gold: list[Row], guessed: list[Row]) -> int:
    left = list(guessed)
    for entity in gold:
        start = text.find(entity["text"])
        end = start + len(entity["text"])
        match = next(
            (g for g in left if g["start"] < end and start < g["end"] and _same_value(entity, g)), None
        )
        if match:
            left.remove(match)
    return len(guessed) - len(left)


def _same_value(gold: Row, guess: Row) -> bool:
    kind, value = gold["entity"], guess["value"]
    if kind == "location":
        return str((guess.get("additional_info") or {}).get("code")) in gold["value"]["codes"]
    if kind in ("company_size", "amount"):
        return float(value) == float(gold["value"])
    if kind in ("siret", "phone"):
        return re.sub(r"\D", "", str(value))[-9:] == re.sub(r"\D", "", str(gold["value"]))[-9:]
    if kind == "sector":  # some sets name the right divisions of NAF; the others only the trade in words
        return value in gold.get("divisions", [value])
    return str(value).lower() == str(gold["value"]).lower()


def _outside_f1(pairs: Sequence[tuple[Row, Row]]) -> float:
    truth = Counter((row["intent"] in OUTSIDE, intent_of(parse) in OUTSIDE) for row, parse in pairs)
    return _f1(truth[True, True], truth[False, True], truth[True, False])


def _f1(right: int, false_alarms: int, missed: int) -> float:
    return 2 * right / max(1, 2 * right + false_alarms + missed)


def _share(pairs: Sequence[tuple[Row, Row]], test: Any) -> float:
    return sum(bool(test(row, parse)) for row, parse in pairs) / max(1, len(pairs))
