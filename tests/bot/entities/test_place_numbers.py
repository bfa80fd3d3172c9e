"""A postcode that no commune has can be said to be unknown."""

import pytest

from bot.nlu.entities import find_unknown_postcode
from knowledge.territories import load_territories


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("99999", "99999"),
        ("mon code postal est le 29999", None),
        ("code postal 29999", "29999"),
        ("29999 Quimper", "29999"),
        ("29000 Quimper", None),
        ("29556 Quimper cedex", None),
        ("j'ai vendu 29999 savons", None),
        ("", None),
    ],
)
def test_only_what_is_given_as_a_postcode_can_be_unknown(text, code):
    assert find_unknown_postcode(text, load_territories()) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("je livre dans le 31, le 32 et le 81", ["31", "32", "81"]),
        ("départements 56 et 35", ["56", "35"]),
        ("dans le 31 et le 12 mars", ["31"]),
        ("dans le 29 et 3 salariés", ["29"]),
    ],
)
def test_numbers_listed_with_a_departement_are_departements(found, text, codes):
    assert [place.additional_info["code"] for place in found(text, "location")] == codes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("je livre dans tout le 35", ["Ille-et-Vilaine"]),
        ("c'est rangé dans 22 classeurs", []),
        ("mon dossier numéro 35", []),
        ("j'ai l'erreur 35", []),
        ("on ferme à la Saint-Martin", []),
    ],
)
def test_numbers_and_days_that_are_no_place(found, text, values):
    assert [entity.value for entity in found(text, "location")] == values
