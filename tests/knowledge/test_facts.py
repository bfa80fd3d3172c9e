import pytest

from knowledge.facts import Firm, trade_of


@pytest.mark.parametrize(
    ("sector", "headcount", "trade"),
    [
        ("96", None, "craft"),  # hairdressers
        ("F", 3, "craft"),  # building, 41 to 43 together
        ("43", 10, "craft"),
        ("43", 11, "commerce"),  # past the size of the craft sector
        (None, 48, "commerce"),
        ("47", 3, "commerce"),
        ("56", 3, "commerce"),
        ("I", None, "commerce"),
        ("86", 3, "liberal"),  # neither chamber
        ("69", None, "liberal"),
        ("85", 3, None),
        (None, 3, None),
    ],
)
def test_the_sector_and_size_tell_the_chamber(content, sector, headcount, trade):
    assert trade_of(Firm(sector=sector, headcount=headcount), content.reference) == trade


@pytest.mark.parametrize(
    ("facts", "trade"),
    [
        ({"sector": "47", "trade": "boucher"}, "craft"),
        ({"sector": "47", "trade": "Fleuriste"}, "craft"),
        ({"sector": "47", "trade": "caviste"}, "commerce"),
        ({"sector": "10"}, "craft"),
        ({"sector": "71", "craft": True}, "craft"),  # car inspection, among the architects' division
        ({"sector": "43", "headcount": 48, "craft": True}, "craft"),
        ({"sector": "81", "craft": False}, "commerce"),
        ({"sector": "47", "trade": "fleuriste", "craft": False}, "commerce"),
    ],
)
def test_a_known_trade_decides_before_the_division(content, facts, trade):
    assert trade_of(Firm(**facts), content.reference) == trade
