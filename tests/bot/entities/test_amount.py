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
        ("un client me doit 900", [900]),
        ("il me manque 2 500 pour le four", [2500]),
        ("un crédit de 18000 sur 3 ans", [18000]),
        ("4000 à emprunter", [4000]),
        ("je dirais trente mille", [30000]),
        ("ça tourne dans les vingt mille", [20000]),
        ("quinze mille maximum", [15000]),
        ("on peut mettre trois mille cinq", [3500]),
        ("6000 et pas 60 000", [6000]),
        ("plutôt deux mille que vingt mille", [2000]),
        ("un abonnement à 29 par mois", [29]),
        ("payer 45/mois", [45]),
        ("20 mil de budget", [20000]),
        ("mon buget cé katre mille", [4000]),
        ("800 boules pour un site", [800]),
        ("le budget a changé, 700", [700]),
        ("livrer pour 7000 de vin", [7000]),
        ("un budget entre 3000 et 5000", [3000, 5000]),
        ("il me faut 2000 vite", [2000]),
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
        "trente pour cent d'apport",
        "il demande 500 dollars",
        "mon code postal c'est 35000",
        "c'est le 44300",
        "perdu 600 photos",
        "il faut 2000 étiquettes",
        "je tourne des films en 4k",
        "3 boules de glace",
        "me tirer une balle dans le pied",
        "j'en vends 30 par mois",
        "mille mercis",
        "un crédit sur 24 mois",
        "la réunion dure depuis 1998",
    ],
)
def test_other_figures_are_no_sum(found, text):
    assert found(text, "amount") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("vingt mille", [20_000]),
        ("douze mille hors taxes", [12_000]),
        ("une vingtaine de mille euros", [20_000]),
        ("entre 150 et 200 000 euros", [150_000, 200_000]),
        ("un prêt d'honneur de 12 500 surtout", [12_500]),
        ("on a viré 4200 à un escroc", [4_200]),
        ("dizon 20000", [20_000]),
        ("4500 en tout", [4_500]),
        ("vingt mille abonnés", []),
    ],
)
def test_sums_without_unit(found, text, values):
    assert sorted(entity.value for entity in found(text, "amount")) == values
