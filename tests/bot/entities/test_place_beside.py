"""A word is a town beside the area that holds it; articles, numbers and « coté » lead to places too."""

import pytest


def codes(found, text):
    return [entity.additional_info["code"] for entity in found(text, "location")]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Mer, dans le Loir-et-Cher", ["41136", "41"]),
        ("Y est un petit village de la Somme", ["80829", "80"]),
        ("Us dans le Val-d'Oise", ["95625", "95"]),
        ("Bar, en Corrèze", ["19016", "19"]),
        ("Sens, dans l'Yonne, c'est là que je bosse", ["89387", "89"]),
        ("Orange, dans le Vaucluse", ["84087", "84"]),
        ("Lens, dans le 62", ["62498", "62"]),
        ("Tulle est une petite ville de Corrèze", ["19272", "19"]),
        ("Foix est en Ariège", ["09122", "09"]),
        ("Ornes est un village de la Meuse", ["55394", "55"]),
        ("mon atelier est installé depuis Mer, en Loir-et-Cher", ["41136", "41"]),
        ("on est une petite boîte et Y, dans la Somme, c'est chez nous", ["80829", "80"]),
        ("dans la Somme, Y", ["80", "80829"]),
        ("tours, en indre-et-loire", ["37261", "37"]),
        ("Le Port, à La Réunion", ["97407", "974"]),
        ("Aime, en Savoie", ["73006", "73"]),
        ("Albert est en Picardie", ["80016", "32"]),
    ],
)
def test_a_word_is_a_town_beside_its_area(found, text, both):
    assert codes(found, text) == both


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("un outil nice, je suis dans les Alpes-Maritimes", "06"),
        ("il faut que je vienne en Isère", "38"),
        ("c'est le sens dans l'Yonne", "89"),
        ("nous vendons des fruits de mer dans le Loir-et-Cher", "41"),
        ("Y a-t-il des aides dans la Somme", "80"),
        ("Y en a dans la Somme ?", "80"),
        ("Mer. Dans le Loir-et-Cher tout va bien", "41"),
        ("Bonne journée dans le Gers", "32"),
        ("le Bar, en Corrèze", "19"),
        ("je suis chez Orange, dans le Vaucluse", "84"),
        ("Sens, dans le Finistère", "29"),
    ],
)
def test_a_word_beside_an_area_stays_a_word(found, text, code):
    assert codes(found, text) == [code]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Vienne, en Isère", ["38544", "38"]),
        ("notre garage, Vienne, en Isère", ["38544", "38"]),
        ("Vienne (Isère)", ["38544", "38"]),
        ("je vends en Vienne, en Isère et en Savoie", ["86", "38", "73"]),
        ("dans la Vienne et dans l'Isère", ["86", "38"]),
        ("Vienne la ville, en Isère", ["38544", "38"]),
        ("je suis à Vienne la ville, dans l'Isère", ["38544", "38"]),
        ("Vienne la ville, pas la Vienne", ["38544", "86"]),
        ("Vienne la Ville dans la Marne", ["51620", "51"]),
        ("Vienne-la-Ville, pas l'Isère", ["51620", "38"]),
        ("Vienne la ville", ["38544"]),
    ],
)
def test_a_town_with_the_name_of_an_area(found, text, both):
    assert codes(found, text) == both


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("un hôtel du Touquet", "62826"),
        ("je tiens un hôtel au touquet et je veux un site", "62826"),
        ("les commerçants du Touquet Paris Plage", "62826"),
        ("un camping des Sables", "85194"),
        ("la librairie du Havre", "76351"),
        ("le port du Croisic", "44049"),
        ("une brasserie des Lilas", "93045"),
        ("un hôtel de La Baule", "44055"),
        ("je suis à La Seyne et je vends du poisson", "83126"),
        ("un restaurant du Perreux", "94058"),
        ("un gîte des Contamines", "74085"),
        ("une agence du Relecq", "29235"),
    ],
)
def test_an_article_hides_in_the_preposition(found, text, code):
    assert codes(found, text) == [code]


@pytest.mark.parametrize(
    "text",
    ["les frais de port du colis", "des lilas blancs", "la porte du garage", "des herbiers de pharmacie"],
)
def test_a_preposition_with_an_article_leads_to_a_word(found, text):
    assert codes(found, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("est-ce que le 93 subventionne", "93"),
        ("le 29 donne quelque chose ?", "29"),
        ("est ce que le 59 aide les artisans", "59"),
        ("je voudrais savoir si le 22 verse une subvention", "22"),
        ("le 13 a une aide ?", "13"),
        ("le 974 accorde un prêt ?", "974"),
        ("le 62 prend en charge le matériel ?", "62"),
        ("le 31 ne donne rien", "31"),
        ("le 06 aurait une aide ?", "06"),
        ("le 24 fait quelque chose pour les artisans ?", "24"),
        ("le 35 peut-il m'aider", "35"),
        ("est-ce que le 31 peut aider un artisan", "31"),
    ],
)
def test_a_number_is_the_subject_of_a_help(found, text, code):
    assert codes(found, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "le 29 on ferme",
        "le 12 je passe à la banque",
        "le 20 donne-t-on les résultats",
        "le 3 nous livrons",
        "rendez-vous le 29 donne une idée",
        "le 29 donne-moi une heure",
        "le 10 va arriver vite",
        "le 24 fait trois ans",
        "le 15 a un jour de retard",
        "le 29 mars aide tout le monde",
    ],
)
def test_a_day_is_no_subject_of_a_help(found, text):
    assert codes(found, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mon atelier est plutot coté sartene et je cherche un site", "2A272"),
        ("j'ai un hotel du coté de sartene et je veux vendre en ligne", "2A272"),
        ("on bosse cote ploermel depuis dix ans", "56165"),
        ("nous livrons cote vannes pour les entreprises", "56260"),
        ("un artisan d'Orange m'a parlé de vous", "84087"),
        ("je vends depuis Die", "26113"),
        ("j'expédie depuis Apt et je cherche un site", "84003"),
        ("un coiffeur de Gap m'a parlé de vous", "05061"),
    ],
)
def test_side_and_firm_lead_to_a_town(found, text, code):
    assert codes(found, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "on a tout coté prix mais rien coté marques du client",
        "il faudrait voir coté formation et coté salon pour vendre mieux",
        "on est bon coté mer de toute facon",
        "j'ai mis de coté vannes et tuyaux pour la suite",
        "coté tours de cou on vend",
        "cote cannes à peche on vend",
        "depuis mer et vent",
        "on existe depuis Toussaint",
        "un abonnement d'Orange trop lent",
        "la box d'Orange en panne",
    ],
)
def test_side_and_thing_lead_to_no_town(found, text):
    assert codes(found, text) == []
