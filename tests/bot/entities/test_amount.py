"""Sums of money come out in whole euros."""

import pytest


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("5 000 €", [5000]),
        ("5\u202f000\u00a0€", [5000]),
        ("10k", [10000]),
        ("10 k€", [10000]),
        ("8000e", [8000]),
        ("1.500,50 €", [1500]),
        ("cinq mille euros", [5000]),
        ("deux mille cinq cents euros", [2500]),
        ("2,5 millions d'euros", [2500000]),
        ("500 balles", [500]),
        ("une centaine d'euros", [100]),
        ("entre 3000 et 5000 euros", [3000, 5000]),
        ("3 à 5 k€", [3000, 5000]),
        ("un budget de 3000", [3000]),
        ("€500", [500]),
        ("7 000 HT", [7000]),
        ("mon budget c'est 2000 max", [2000]),
        ("entre 2 et 3000 euros", [2000, 3000]),
        ("quatre à six mille euros", [4000, 6000]),
        ("entre huit cents et mille euros", [800, 1000]),
        ("mon budget est de quinze mille", [15000]),
        ("un budget entre six et huit mille", [6000, 8000]),
        ("le budget, plutôt douze mille", [12000]),
        ("deux mille cinq cents de budget", [2500]),
        ("le budget c'est 8000 finalement", [8000]),
    ],
)
def test_a_sum_is_found_in_euros(found, text, sums):
    assert [entity.value for entity in found(text, "amount")] == sums


@pytest.mark.parametrize(
    "text",
    [
        "20 %",
        "en 2024",
        "notre budget 2026",
        "10k abonnés",
        "15e arrondissement",
        "200 mails",
        "06 12 34 56 78",
        "35000 Rennes",
        "3 salariés",
        "un budget pour deux ans",
        "notre budget de deux mille vingt-six",
    ],
)
def test_other_figures_are_no_sum(found, text):
    assert found(text, "amount") == []
