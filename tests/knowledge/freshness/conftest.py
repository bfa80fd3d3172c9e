"""What freshness is tested against: the real ground, a day that does not move, guidance made in a line."""

from datetime import date
from types import SimpleNamespace

import pytest

from knowledge.codes import Confidence
from knowledge.freshness.facts import FactReader
from knowledge.freshness.ground import Ground
from knowledge.freshness.limits import read_limits

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="session")
def ground(territories):
    return Ground(territories)


@pytest.fixture(scope="session")
def limits():
    return read_limits()


@pytest.fixture
def reader(ground, limits):
    return FactReader(ground, limits, TODAY)


@pytest.fixture
def guidance():
    """Make a record of the guidance, which only has to look like one."""

    def make(**fields):
        given = {
            "id": "g",
            "needs": [],
            "confidence": Confidence.OFFICIAL,
            "seen": "2026-11",
            "editor_note": None,
        }
        return SimpleNamespace(**{**given, **fields})

    return make
