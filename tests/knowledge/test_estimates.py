import pytest

from knowledge.estimates import estimate
from knowledge.facts import Firm

FLOOR_AND_CAP = {
    "rate_percent": 40,
    "amount_min": 1200,
    "amount_max": 12_000,
    "expense_min": 3000,
    "expense_max": 30_000,
}
TIERS = {
    "rate_percent": 80,
    "amount_max": 3200,
    "tiers": [
        {"headcount_max": 9, "rate_percent": 80, "amount_max": 3200},
        {"headcount_min": 10, "headcount_max": 19, "rate_percent": 50, "amount_max": 2000},
    ],
}


def bounds(scheme, **facts):
    found = estimate(scheme, Firm(**facts))
    return found and (found.low, found.high)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, (1200, 12_000)),
        (2999, None),  # below the smallest expense: nothing
        (3000, (1200, 1200)),  # 3 000 × 40 % = 1 200
        (10_000, (4000, 4000)),  # 10 000 × 40 %
        (50_000, (12_000, 12_000)),  # 30 000 counted × 40 %
    ],
)
def test_rate_times_expense_within_floor_and_cap(scheme, amount, expected):
    assert bounds(scheme(amounts=FLOOR_AND_CAP), amount=amount) == expected


@pytest.mark.parametrize(
    ("headcount", "amount", "expected"),
    [
        (9, 10_000, (3200, 3200)),  # 8 000, capped
        (10, 10_000, (2000, 2000)),  # 5 000, capped
        (10, 3000, (1500, 1500)),  # 3 000 × 50 %
        (None, 3000, (1500, 2400)),  # not known: from 50 % to 80 %
    ],
)
def test_the_tier_of_the_headcount_counts(scheme, headcount, amount, expected):
    assert bounds(scheme(amounts=TIERS), headcount=headcount, amount=amount) == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [(299, 0), (300, 150), (899, 300), (3000, 1500), (9000, 1500)]
)
def test_only_whole_steps_count(scheme, amount, expected):
    stepped = scheme(amounts={"rate_percent": 50, "amount_max": 1500, "expense_step": 300})

    assert bounds(stepped, amount=amount) == (expected, expected)


def test_a_rate_between_two_bounds_gives_two_bounds(scheme):
    assert bounds(scheme(amounts={"rate_percent": 40, "rate_min_percent": 20}), amount=5000) == (1000, 2000)


def test_a_maximal_rate_gives_no_least(scheme):
    assert bounds(scheme(amounts={"rate_percent": 50, "rate_varies": True}), amount=5000) == (None, 2500)


@pytest.mark.parametrize(
    ("fields", "facts"),
    [
        ({"types_aides": ["guarantee"], "amounts": {"amount_max": 50_000}}, {}),
        ({"types_aides": ["advisory"], "amounts": {"rate_percent": 50}}, {"amount": 5000}),
        ({"amounts": {"rate_percent": 50}}, {}),  # a rate of nothing known
        ({"amounts": {"rate_percent": 50, "rate_of": "loss"}}, {"amount": 5000}),
        ({}, {"amount": 5000}),
    ],
)
def test_without_figures_there_is_no_estimate(scheme, fields, facts):
    assert bounds(scheme(**fields), **facts) is None


def test_a_flat_amount_is_both_bounds(scheme):
    assert bounds(scheme(amounts={"amount_min": 500, "amount_max": 500})) == (500, 500)
