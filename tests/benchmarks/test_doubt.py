import pytest

from benchmarks.doubt import curve


def test_a_higher_threshold_answers_less_and_errs_less():
    unseen = [(0.9, True), (0.8, False), (0.5, True), (0.2, False)]
    assert curve(unseen, [0.1, 0.6, 0.85]) == [(0.1, 1.0, 0.5), (0.6, 0.5, 0.25), (0.85, 0.25, 0.0)]


def test_what_stands_on_the_threshold_is_answered():
    assert curve([(0.6, True)], [0.6]) == [(0.6, pytest.approx(1), 0)]
