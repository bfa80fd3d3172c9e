import pytest

from actions.days import days_a_month


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2 jours", 2),
        ("Deux jours", 2),
        ("2", 2),
        ("quatre", 4),
        ("environ 3", 3),
        ("2j/mois", 2),
        ("1,5 jour", 1.5),
        ("1 à 2 jours", 2),
        ("trois ou quatre jours", 4),
        ("une journée", 1),
        ("demi-journée", 0.5),
        ("deux demi-journées par mois", 1),
        ("une demie journée par semaine", 2),
        ("1 jour par semaine", 4),
        ("deux jours par sem", 8),
        ("un jour tous les 15 jours", 2),
        ("une journée toutes les deux semaines", 2),
        ("vingt jours", 20),
        ("dix-huit jours", 18),
    ],
)
def test_days_are_read(text, days):
    assert days_a_month(text) == days


@pytest.mark.parametrize(
    "text",
    ["", "je ne sais pas", "3 salariés", "2 heures", "quelques jours", "10 jours par an", "un jour sur deux"],
)
def test_what_is_no_number_of_days_a_month(text):
    assert days_a_month(text) is None


def test_a_number_alone_is_days_only_where_days_were_asked_for():
    assert days_a_month("2", bare=False) is None
