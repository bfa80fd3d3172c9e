import numpy as np
import pytest

from bot.nlu.confidence import Confidence
from bot.nlu.further_needs import Heard, Statement

RIGHT_ONE_TIME_IN = 4


def heard(lead):
    return Heard(np.array([lead, 0.0, -1.0]), np.zeros((0, 2, 3)), 5)


def test_confidence_is_how_often_such_a_message_was_right():
    clear, close = [heard(1.0)] * 200, [heard(0.05)] * 200
    right = [True] * 200 + [number % RIGHT_ONE_TIME_IN == 0 for number in range(200)]
    said = [Statement(((0, 1.0),))] * 400

    confidence = Confidence().fit([*clear, *close], said, right)

    assert confidence.of(heard(1.0), said[0]) > 0.95
    assert confidence.of(heard(0.05), said[0]) == pytest.approx(1 / RIGHT_ONE_TIME_IN, abs=0.05)


def test_it_is_less_sure_which_of_two_needs_comes_first_when_their_order_is_unclear():
    draw = np.random.default_rng(0)
    orders = draw.uniform(0.5, 1.0, 600)
    said = [Statement(((0, 1.0), (1, 0.9)), 0.9, float(order)) for order in orders]
    right = [bool(draw.random() < order) for order in orders]

    confidence = Confidence().fit([heard(0.5)] * 600, said, right)

    sure, unsure = (Statement(((0, 1.0), (1, 0.9)), 0.9, order) for order in (0.98, 0.52))
    assert confidence.of(heard(0.5), sure) > confidence.of(heard(0.5), unsure) + 0.2
