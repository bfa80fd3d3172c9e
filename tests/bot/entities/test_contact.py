"""E-mail addresses and telephone numbers come out in their normal form."""

import pytest


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("appelez le 02.98.00.00.00, merci", "+33298000000"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0692 12 34 56", "+262692123456"),
        ("0690 12 34 56", "+590690123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("00 32 470 12 34 56", "+32470123456"),
    ],
)
def test_a_phone_number_is_found(found, text, number):
    assert [entity.value for entity in found(text, "phone")] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "73282932000074",
        "00558011300016",
        "005 580 113 00016",
        "siren 005580113",
        "005 580 113 29000 Brest",
        "12 000 euros",
        "le 06 12",
        "2024",
        "35000",
    ],
)
def test_other_digits_are_no_phone_number(found, text):
    assert found(text, "phone") == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("écrivez à Jean.Dupont@Orange.fr.", "jean.dupont@orange.fr"),
        ("jean point dupont arobase orange point fr", "jean.dupont@orange.fr"),
        ("contact(at)atelier-martin.fr", "contact@atelier-martin.fr"),
    ],
)
def test_an_address_is_found(found, text, address):
    assert [entity.value for entity in found(text, "email")] == [address]


@pytest.mark.parametrize("text", ["@boulangerie", "jean@", "un arobase", "rendez-vous à 10h"])
def test_other_words_are_no_address(found, text):
    assert found(text, "email") == []
