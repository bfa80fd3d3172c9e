"""A headcount is a number of people in the firm; 0 is an owner alone."""

import pytest


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("3 salariés", 3),
        ("on est deux", 2),
        ("une équipe de douze", 12),
        ("nous sommes 25 compagnons", 25),
        ("une PME de 45 personnes", 45),
        ("boulangerie (6 personnes)", 6),
        ("un cabinet dentaire de cinq personnes", 5),
        ("on est une dizaine de salariés", 10),
        ("j'ai un salarié", 1),
        ("à 4 dans l'atelier", 4),
        ("former mes 5 salariés", 5),
        ("deux apprentis et moi", 3),
        ("mon mari et moi", 2),
        ("je suis seule", 0),
        ("je suis auto-entrepreneuse", 0),
        ("en micro-entreprise", 0),
        ("micro-entreprise avec 2 salariés", 2),
        ("on est moins de 10 salariés", 10),
        ("sans salarié", 0),
        ("un Ehpad (41 agents)", 41),
        ("une régie de 27 agents à Albi", 27),
        ("on a 7 CDI", 7),
        ("6 chauffeurs et un quai à Dreux", 6),
        ("imprimerie, 48 personnes", 48),
        ("12 intérimaires", 12),
        ("je tourne avec deux apprenties.", 2),
        ("un ERP pour 45 personnes", 45),
        ("un logiciel de paie pour 12 personnes", 12),
        ("fromagerie de 7", 7),
        ("menuiserie de 5, Brest", 5),
        ("les salaires des 19 personnes", 19),
    ],
)
def test_a_headcount_is_found(found, text, size):
    assert [entity.value for entity in found(text, "company_size")] == [size]


@pytest.mark.parametrize(
    "text",
    [
        "12 chambres",
        "30 couverts",
        "deux de mes monteurs ont besoin de papiers",
        "embaucher 3 personnes",
        "recruter un salarié",
        "un repas pour 4 personnes",
        "un gîte de 8 personnes",
        "mes deux vendeuses",
        "les aides pour les entreprises de moins de 50 salariés",
        "quand un salarié ouvre un lien",
        "un employé de la région",
        "je peux le faire tout seul",
        "je suis seul responsable",
        "on est en 2024",
        "on est deux boutiques",
        "10 ans d'activité",
        "un CDI",
        "signer 2 CDI",
        "nous avons deux agents commerciaux en Italie",
        "détachement de 3 soudeurs en Suisse",
        "trois propositions de trois commerciaux",
        "j'ai reçu trois devis de trois menuisiers",
        "une table pour 45 personnes",
        "un garage de 3 places",
    ],
)
def test_other_numbers_and_parts_of_the_staff_are_no_headcount(found, text):
    assert found(text, "company_size") == []
