import pytest

from knowledge.naf import covers, divisions


def test_a_section_is_its_divisions():
    assert divisions("G") == {"45", "46", "47"}
    assert divisions("47.11A") == {"47"}
    assert divisions("Z") == frozenset()


@pytest.mark.parametrize(
    ("codes", "sector", "expected"),
    [
        (["47"], "47", True),
        (["G"], "47", True),
        (["45", "46", "47"], "G", True),
        (["46"], "47", False),
        (["47.11A"], "47", None),  # some of retail trade: the firm may be in or out
        (["47"], "G", None),
        ([], "47", False),
    ],
)
def test_codes_hold_all_some_or_none_of_a_sector(codes, sector, expected):
    assert covers(codes, sector) is expected
