"""No small count is given, and none can be reckoned from what is given."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from conversations.statistics.suppression import LEAST, Sum, hidden

COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(0, 60))


@st.composite
def cubes(draw):
    """A table of needs by département, départements in régions, all totals known, and by size beside it."""
    needs = [f"n{at}" for at in range(draw(st.integers(1, 3)))]
    regions = {
        f"r{at}": [f"d{at}{inner}" for inner in range(draw(st.integers(1, 3)))]
        for at in range(draw(st.integers(1, 3)))
    }
    sizes = ["small", "large"]
    counts = {}
    for need in needs:
        for departement in sum(regions.values(), []):
            counts[departement, need] = draw(COUNTS)
        for region, inside in regions.items():
            counts[region, need] = sum(counts[each, need] for each in inside)
        counts["all", need] = sum(counts[each, need] for each in regions)
        counts["small", need] = draw(st.integers(0, counts["all", need]))
        counts["large", need] = counts["all", need] - counts["small", need]
    areas = [*sum(regions.values(), []), *regions, "all"]
    for area in [*areas, *sizes]:
        counts[area, "*"] = sum(counts[area, need] for need in needs)
    sums = [Sum((area, "*"), tuple((area, need) for need in needs)) for area in [*areas, *sizes]]
    for need in [*needs, "*"]:
        sums += [
            Sum((region, need), tuple((each, need) for each in inside)) for region, inside in regions.items()
        ]
        sums.append(Sum(("all", need), tuple((region, need) for region in regions)))
        sums.append(Sum(("all", need), tuple((size, need) for size in sizes)))
    knowable = frozenset((area, need) for need in [*needs, "*"] for area in areas if area != "all")
    return counts, sums, knowable


def ranges(counts, sums, unknown, cells):
    """Return how far each of `cells` may go, given all but `unknown` and that no count is negative."""
    place = {cell: at for at, cell in enumerate(unknown)}
    rows, right = [], []
    for each in sums:
        row, value = np.zeros(len(unknown)), 0.0
        for cell, sign in [(each.total, -1.0), *((part, 1.0) for part in each.parts)]:
            if cell in place:
                row[place[cell]] += sign
            else:
                value -= sign * counts[cell]
        if row.any():
            rows.append(row)
            right.append(value)
    for cell in cells:
        goal = np.zeros(len(unknown))
        goal[place[cell]] = 1.0
        if not rows:
            yield cell, 0.0, float("inf")
            continue
        low = linprog(goal, A_eq=rows, b_eq=right, bounds=(0, None))
        high = linprog(-goal, A_eq=rows, b_eq=right, bounds=(0, None))
        assert low.status == 0
        yield cell, low.fun, -high.fun if high.status == 0 else float("inf")


def small_and_hidden(counts, concealed):
    small = [cell for cell, count in counts.items() if 0 < count < LEAST]
    assert set(small) <= concealed
    return small


@settings(max_examples=60, deadline=None)
@given(cubes())
def test_no_small_count_can_be_reckoned(cube):
    counts, sums, knowable = cube
    concealed = hidden(counts, sums, knowable)
    small = small_and_hidden(counts, concealed)
    unknown = sorted(concealed)
    for cell, low, high in ranges(counts, sums, unknown, small):
        assert high - low > 0.5, f"{cell} is {counts[cell]}: it lies between {low} and {high}"


@settings(max_examples=100, deadline=None)
@given(cubes())
def test_nor_does_a_sum_tell_somebody_who_knows_one_territory(cube):
    counts, sums, knowable = cube
    concealed = hidden(counts, sums, knowable)
    small = set(small_and_hidden(counts, concealed))
    for each in sums:
        parts = [cell for cell in each.parts if cell in concealed]
        for known in [None, *(cell for cell in parts if cell in knowable)]:
            left = [cell for cell in parts if cell != known]
            if each.total not in concealed and not small.isdisjoint(left):
                assert sum(counts[cell] for cell in left) >= LEAST


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ([7, 12, 30], {0, 1, 2, "t"}),  # nothing is small
        ([0, 12, 30], {1, 2, "t"}),
        ([2, 12, 30], {"t"}),  # one could be told from the total, and two by whoever knows one
        ([2, 3, 12, 30], {3, "t"}),
        ([4, 4, 4, 30], {3, "t"}),  # together no small count, even less one
        ([2, 9, 12], {"t"}),
        ([2, 4], set()),
        ([1, 1], set()),
    ],
)
def test_a_total_gives_no_hidden_count_away(parts, kept):
    counts = dict(enumerate(parts)) | {"t": sum(parts)}
    concealed = hidden(counts, [Sum("t", tuple(range(len(parts))))], knowable=range(len(parts)))
    assert set(counts) - concealed == kept


def test_limits_are_exact():
    assert hidden({"a": LEAST - 1}, []) == {"a"}
    assert hidden({"a": LEAST}, []) == frozenset()
    assert hidden({}, []) == frozenset()


def test_two_tables_of_the_same_people_do_not_give_each_other_away():
    """The total that both share stays, and two territories are hidden."""
    counts = {"north": 3, "south": 40, "east": 50, "small": 43, "large": 50, "all": 93}
    sums = [Sum("all", ("north", "south", "east")), Sum("all", ("small", "large"))]
    assert hidden(counts, sums) == {"north", "south"}
    assert hidden(counts, sums, knowable=["north", "south", "east"]) == {"north", "south", "east"}


def test_several_sums_together_give_no_hidden_count_away():
    """In each sum alone what is hidden is large, but the second tells the part that hides « a » in the first."""
    counts = {"a": 1, "b": 9, "c": 12, "all": 22, "some": 21}
    concealed = hidden(counts, [Sum("all", ("a", "b", "c")), Sum("some", ("b", "c"))])
    unknown = sorted(concealed)
    sums = [Sum("all", ("a", "b", "c")), Sum("some", ("b", "c"))]
    [(_, low, high)] = ranges(counts, sums, unknown, ["a"])
    assert high - low > 0.5
