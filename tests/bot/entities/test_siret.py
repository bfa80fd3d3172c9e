"""SIREN and SIRET numbers are kept only with their right check digit."""

import pytest

from bot.nlu.entities import find_invalid_siret


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("mon siret : 73282932000074", "73282932000074"),
        ("732 829 320 00074", "73282932000074"),
        ("siren 552.100.554", "552100554"),
        ("552-100-554", "552100554"),
        ("356 000 000 00048", "35600000000048"),
        ("552 100 554 29000 Brest", "552100554"),
        ("065 801 136 00014", "06580113600014"),
        ("siren 005580113", "005580113"),
        ("RCS Dunkerque 065 801 136", "065801136"),
        ("065 801 136", "065801136"),
        ("00558011300016", "00558011300016"),
        ("005 580 113 29000 Brest", "005580113"),
    ],
)
def test_a_right_number_is_found_in_any_grouping(found, text, digits):
    assert [entity.value for entity in found(text, "siret")] == [digits]
    assert find_invalid_siret(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "73282932000075",
        "06 12 34 56 78",
        "0612345506",
        "061234506",
        "061 234 550 6",
        "061 234 505",
        "siren 552100555",
        "100 000 000 €",
        "000000000",
    ],
)
def test_a_number_with_a_wrong_check_digit_is_none(found, text):
    assert found(text, "siret") == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("73282932000075", "73282932000075"),
        ("siret 732 829 320 00075", "73282932000075"),
        ("siren 552100555", "552100555"),
        ("552100555", None),
        ("rien", None),
    ],
)
def test_a_wrong_number_can_be_told(text, digits):
    assert find_invalid_siret(text) == digits
