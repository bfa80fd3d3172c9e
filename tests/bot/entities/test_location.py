"""French places are found as owners write them, and words that are also places stay words."""

import pytest


def codes(found, text):
    return [entity.additional_info["code"] for entity in found(text, "location")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("je suis à Quimper", "29232"),
        ("QUIMPER", "29232"),
        ("plombier à st brieuc", "22278"),
        ("a clermon feran", "63113"),
        ("une ferme-auberge à Munster", "68226"),
        ("je suis fleuriste, dans le 29", "29"),
        ("le 974", "974"),
        ("dans le 9-3", "93"),
        ("mon code postal c'est le 35000", "35238"),
        ("boulangerie (56)", "56"),
        ("departement du nord", "59"),
        ("Ile et Vilaine", "35"),
        ("au Havre", "76351"),
        ("les environs du Mans", "72181"),
        ("je suis aux Abymes", "97101"),
        ("la Vienne", "86"),
        ("à Vienne", "38544"),
        ("en Mayenne", "53"),
        ("à Mayenne", "53147"),
        ("à la Réunion", "974"),
        ("en Corse", "94"),
        ("Nouméa", "98818"),
        ("Paris 15e", "75056"),
        ("la cité phocéenne", "13055"),
        ("au Pays basque", "64"),
        ("Rennes Métropole", "35238"),
        ("communauté de communes du Pays de Fayence", "83081"),
        ("Villeneuve-sur-Lot", "47323"),
        ("dans le Val-de-Marne", "94"),
        ("une coopérative du Maine-et-Loire", "49"),
        ("dans la Creuse", "23"),
        ("atelier dans l'Aube", "10"),
        ("je suis potier à Vire", "14762"),
        ("Viré", "71584"),
        ("non Lorient", "56121"),
        ("je me suis trompé de département, mon atelier c'est le 22", "22"),
        ("désolé, c'est le 22", "22"),
        ("pardon, 35", "35"),
        ("rectification : 44", "44"),
        ("c'est pas le 29, c'est le 22", "22"),
    ],
)
def test_a_place_is_found_by_its_code(found, text, code):
    assert codes(found, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "j'ai fait deux tours",
        "c'est moins cher",
        "un lot de 30 pièces",
        "les frais de port",
        "j'aime la mer",
        "la réunion de demain",
        "12 rue de Paris",
        "avenue de Lyon",
        "je fais du savon de Marseille",
        "je m'appelle Florence",
        "la box de chez Orange",
        "j'ai 10000 abonnés",
        "le 29 mars",
        "20 % de mes ventes",
        "un budget de 35000 euros",
        "je vends sur les marchés",
        "un client au Moyen-Orient",
        "les règles de l'Union européenne",
        "mon savoir-faire",
        "on est le 12",
        "Bonjour, merci",
        "quand le dossier aura avancé",
        "des paris en ligne",
        "je suis maçon",
        "dans le Sud",
        "le fournil tourne dès l'aube",
        "la caisse est juste à la somme près",
        "une vitrine dans le nord du bâtiment",
        "on vit mal dans la creuse de l'hiver",
        "le client a gardé les clés",
        "la mairie a loué la salle",
        "rdv le 22",
        "rdv jeudi 22",
        "on est le 22",
        "la livraison c'est le 22 mars",
        "10/10",
        "madeleines",
    ],
)
def test_a_word_that_is_also_a_place_stays_a_word(found, text):
    assert codes(found, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("mon resto a nice", "06088"), ("nice", "06088"), ("je suis à Tours", "37261"), ("à Die", "26113")],
)
def test_a_word_becomes_a_place_where_the_message_says_so(found, text, code):
    assert codes(found, text) == [code]


@pytest.mark.parametrize(
    ("text", "span", "code"),
    [
        ("à Saint-Denis (93)", "Saint-Denis (93)", "93066"),
        ("29000 Quimper", "29000 Quimper", "29232"),
        ("Saint-Pierre 97410", "Saint-Pierre 97410", "97416"),
    ],
)
def test_a_town_and_the_number_beside_it_are_one_entity(found, text, span, code):
    (entity,) = found(text, "location")
    assert (entity.text, entity.additional_info["code"]) == (span, code)


def test_homonyms_are_offered_where_nothing_settles_them(found):
    (entity,) = found("je suis à Saint-Denis", "location")
    offered = entity.additional_info["alternatives"]
    assert {choice["code"] for choice in offered} == {"97411", "93066"}
    assert set(offered[0]) == {"level", "code", "name", "departement"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Saint-Denis à La Réunion", "97411"),
        ("Saint-Denis dans le 93", "93066"),
        ("Saint-Denis, 93", "93066"),
    ],
)
def test_an_area_in_the_message_settles_a_homonym(found, text, code):
    first = found(text, "location")[0]
    assert first.additional_info["code"] == code
    assert "alternatives" not in first.additional_info


def test_a_clearly_larger_homonym_is_taken_without_asking(found):
    (entity,) = found("je suis à Brest", "location")
    assert entity.value == "Brest"
    assert "alternatives" not in entity.additional_info


def test_several_places_are_several_entities(found):
    assert codes(found, "à Lens, Arras et Béthune") == ["62498", "62041", "62119"]


@pytest.mark.parametrize(
    ("text", "code"), [("a quimpr", "29232"), ("en bretange", "53"), ("dans le finistre", "29")]
)
def test_a_slip_is_read_after_a_preposition_of_place_and_less_sure(found, text, code):
    (entity,) = found(text, "location")
    assert entity.additional_info["code"] == code
    assert entity.confidence < 1


def test_the_value_is_the_official_name_with_its_territories(found):
    (entity,) = found("st malo", "location")
    info = {"level": "commune", "code": "35288", "departement": "35", "region": "53"}
    assert (entity.value, entity.additional_info) == ("Saint-Malo", info)


def test_an_overseas_departement_carries_its_region(found):
    (entity,) = found("en Martinique", "location")
    assert (entity.additional_info["code"], entity.additional_info["region"]) == ("972", "02")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tolouse", "31555"),
        ("Strasboug", "67482"),
        ("non, Monpelier", "34172"),
        ("la rochele", "17300"),
        ("bretange", "53"),
    ],
)
def test_an_answer_of_a_misspelt_place_is_read_and_less_sure(found, text, code):
    (entity,) = found(text, "location")
    assert (entity.additional_info["code"], entity.confidence) == (code, 0.7)


@pytest.mark.parametrize(
    "text", ["merci", "bonne journée", "d'accord", "aucune idée", "parfait", "pas encore"]
)
def test_an_answer_of_ordinary_words_is_no_place(found, text):
    assert codes(found, text) == []


@pytest.mark.parametrize(("text", "others"), [("Lons", {"39300", "64348"}), ("Aix", {"13001", "73008"})])
def test_a_short_name_of_several_towns_offers_them(found, text, others):
    (entity,) = found(text, "location")
    assert {choice["code"] for choice in entity.additional_info["alternatives"]} == others


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("un gîte dans lAveyron", "12"),
        ("un gite dans laveyron", "12"),
        ("un atelier ds le var", "83"),
        ("subvention bourgogne", "27"),
        ("maçon, creuse", "23"),
        ("des clients de Bordeaux", "33063"),
        ("celui de nice", "06088"),
        ("les artisans de fougères", "35115"),
        ("quelqu'un de Gap", "05061"),
        ("une forge à Fos", "13039"),
        ("un gîte aux Saintes", "971"),
        ("à Saint-Dié", "88413"),
        ("un labo à Noirmoutier", "85163"),
        ("un café à Wazemmes", "59350"),
        ("en région nantaise", "44109"),
        ("en vallée d'Aspe", "64"),
        ("à Limoge", "87085"),
        ("Pays de la Loire", "52"),
        ("haut de france", "32"),
        ("le 38 pas le 83", "38"),
        ("aide 44, svp", "44"),
        ("potier près d'Us", "95625"),
        ("sur la même place à Uzès", "30334"),
    ],
)
def test_a_place_is_found_however_it_is_led_or_spelled(found, text, code):
    assert codes(found, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "au plaisir",
        "Grand merci",
        "c'est cher",
        "cher ?",
        "mouais",
        "thx a lot",
        "sté Durand",
        "une adresse en .bzh",
        "une recette pour 12",
        "7 fois 28",
        "dans 15 jours",
        "un contrôle prévu pour le 18",
        "la banque refuse 15000",
        "5000 et non 50000",
        "mes caisses de Gigondas",
        "je vends du Cahors",
        "un article dans La Provence",
        "une annonce dans Ouest-France",
        "la box Orange",
        "rue Saint-Rome",
        "le lycée Saint-Joseph",
        "un menu de Saint-Valentin",
        "un avis sur macron",
        "je suis en danger, tous les dangers",
    ],
)
def test_a_sum_a_product_a_paper_or_a_firm_is_no_place(found, text):
    assert codes(found, text) == []


def test_the_area_behind_a_town_settles_that_town_alone(found):
    text = "pas Saint-Denis en Seine-Saint-Denis, Saint-Denis de La Réunion"
    assert codes(found, text)[0] == "93066"
    assert codes(found, "Saint-Pierre de la Martinique, pas La Réunion")[0] == "97225"


@pytest.mark.parametrize(
    ("text", "code"), [("à côté de Rennes, Cesson", "35051"), ("à Cayenne ou Saint-Laurent", "97311")]
)
def test_a_town_of_the_same_departement_settles_a_homonym(found, text, code):
    assert codes(found, text)[1] == code


def test_a_brand_beside_an_area_is_no_town_of_it(found):
    assert codes(found, "le logo Orange dans le Vaucluse") == ["84"]


def test_a_round_postcode_stands_beside_its_town(found):
    assert codes(found, "48000 c'est Mende") == ["48095", "48095"]
