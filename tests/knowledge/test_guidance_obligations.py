"""Which rules hold for a firm on a day."""

from datetime import date

import pytest

from knowledge.facts import Firm
from knowledge.guidance.obligations import cases, size_of
from knowledge.schema import Rule

TODAY = date(2026, 11, 23)
ANYBODY = Firm()


def rule(*applies: dict, **fields) -> Rule:
    given = {"id": "rule", "topic": "Une règle", "text": "Elle dit tout.", "confidence": "memory"}
    return Rule(**{**given, **fields}, applies=[{"what": "agir", **part} for part in applies])


def states(given: Rule, firm: Firm = ANYBODY, today: date = TODAY, **known) -> list[str]:
    return [case.state for case in cases(given, firm, today, **known)]


def test_a_rule_without_limits_holds_for_all():
    assert states(rule()) == ["now"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 8, 31), ["later"]),
        (date(2027, 9, 1), ["now"]),
        (date(2027, 9, 2), ["now"]),
        (date(2028, 9, 1), ["now"]),
        (date(2028, 9, 2), []),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(today, expected):
    given = rule({"from_date": "2027-09-01", "until_date": "2028-09-01"})

    assert states(given, today=today) == expected


@pytest.mark.parametrize(
    ("headcount", "expected"), [(8, []), (9, []), (10, ["now"]), (49, ["now"]), (50, [])]
)
def test_headcounts_include_their_bounds(headcount, expected):
    assert states(rule({"headcount_min": 10, "headcount_max": 49}), Firm(headcount=headcount)) == expected


@pytest.mark.parametrize(
    ("turnover", "expected"), [(2_000_000, ["now"]), (2_000_001, []), (None, ["depends"])]
)
def test_turnover_includes_its_bound(turnover, expected):
    given = rule({"headcount_max": 9, "turnover_max": 2_000_000})

    assert states(given, Firm(headcount=9, turnover=turnover)) == expected


def test_a_fact_that_is_not_known_is_asked_for_unless_another_decides():
    given = rule({"headcount_max": 9, "turnover_max": 2_000_000})
    (case,) = cases(given, Firm(), TODAY)

    assert (case.state, case.missing) == ("depends", ("headcount", "turnover"))
    assert states(given, Firm(headcount=10)) == []


@pytest.mark.parametrize(
    ("headcount", "expected"),
    [(0, ["later"]), (9, ["later"]), (249, ["later"]), (250, ["now"]), (5000, ["now"])],
)
def test_the_date_follows_from_the_size(headcount, expected):
    given = rule(
        {"from_date": "2026-09-01", "sizes": ["ETI", "GE"]},
        {"from_date": "2027-09-01", "sizes": ["MIC", "PME"]},
    )

    assert states(given, Firm(headcount=headcount)) == expected


def test_a_size_the_owner_said_counts_before_the_headcount():
    given = rule({"sizes": ["ETI"]})

    assert states(given, Firm(headcount=3), size="ETI") == ["now"]
    assert states(given, Firm()) == ["depends"]


@pytest.mark.parametrize(
    ("firm", "size"),
    [
        (Firm(), None),
        (Firm(headcount=9), "MIC"),
        (Firm(headcount=10), "PME"),
        (Firm(headcount=249, turnover=50_000_000), "PME"),
        (Firm(headcount=3, turnover=2_000_001, balance_sheet=2_000_001), "PME"),
        (Firm(headcount=3, turnover=2_000_001, balance_sheet=2_000_000), "MIC"),
        (Firm(headcount=249), "PME"),
        (Firm(headcount=250), "ETI"),
        (Firm(headcount=5000), "GE"),
    ],
)
def test_the_size_is_the_smallest_the_facts_allow(firm, size):
    assert size_of(firm) == size


@pytest.mark.parametrize("status", ["announced", "bill", "transposition"])
def test_a_text_that_is_not_in_force_is_no_duty(status):
    assert states(rule({"from_date": "2026-03-01"}, status=status)) == ["pending"]
    assert states(rule({"headcount_min": 50}, status=status), Firm(headcount=49)) == []


def test_a_repealed_rule_is_not_told():
    assert states(rule(status="repealed")) == []
