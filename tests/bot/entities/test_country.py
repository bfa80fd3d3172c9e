"""Foreign countries are found by name, people, adjective and city; languages and dishes are none."""

import pytest

from bot.nlu.entities import vocabulary
from bot.nlu.entities.country import _official_names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("un client allemand ne paie pas", ["DE"]),
        ("vendre aux Belges et aux Suisses", ["BE", "CH"]),
        ("aux States", ["US"]),
        ("export Etats-Unis", ["US"]),
        ("un agent à Dubaï", ["AE"]),
        ("en Hollande", ["NL"]),
        ("les douanes anglaises", ["GB"]),
        ("des clientes norvégiennes", ["NO"]),
        ("un distributeur à Londres", ["GB"]),
        ("outre-Rhin", ["DE"]),
        ("en Corée du Sud", ["KR"]),
        ("j'importe de Chine", ["CN"]),
        ("à l'île Maurice", ["MU"]),
        ("en mexik", ["MX"]),
        ("en Guinée équatoriale", ["GQ"]),
        ("au Nigeria", ["NG"]),
        ("mes photos sont sur un site américain", ["US"]),
        ("copié par un site japonais", ["JP"]),
        ("un site polonais vend ma gamme", ["PL"]),
        ("une page mexicaine reprend mes textes", ["MX"]),
        ("la version suisse de notre catalogue", ["CH"]),
        ("un acheteur ougandais", ["UG"]),
        ("deux clientes hongkongaises", ["HK"]),
        ("nos amis cap-verdiens", ["CV"]),
        ("exporter à la Suisse", ["CH"]),
        ("un agent à Kampala", ["UG"]),
        ("je livre à Kaiserslautern", ["DE"]),
        ("je suis à Barcelone", ["ES"]),
        ("à Monaco", ["MC"]),
        ("à Andorre-la-Vieille", ["AD"]),
        ("un salon à Montevideo", ["UY"]),
    ],
)
def test_a_country_is_found_by_its_code(found, text, codes):
    assert [entity.value for entity in found(text, "country")] == codes


@pytest.mark.parametrize(
    "text",
    [
        "mon site en anglais",
        "une version allemande de mes fiches",
        "il me faut un site allemand",
        "on est partis à l'anglaise",
        "je pose des douches à l'italienne",
        "des champignons à la grecque",
        "des clés suédoises",
        "il fait figure de tête de turc",
        "on pose des stores californiens",
        "parler allemand",
        "je ne parle pas anglais",
        "je tiens un restaurant chinois",
        "de la cuisine italienne",
        "le traitement de l'eau",
        "il chine des meubles",
        "je m'appelle Florence",
        "notre banque propose la sienne",
        "un client français",
        "en France",
        "en Guadeloupe",
        "en Nouvelle-Calédonie",
        "à La Réunion",
        "une suite logicielle",
    ],
)
def test_a_language_a_dish_or_a_french_place_is_no_country(found, text):
    assert found(text, "country") == []


def test_a_french_town_gives_way_to_the_foreign_city_of_its_name(found):
    assert found("un client à Londres", "location") == []
    assert found("à Vienne en Autriche", "location") == []
    assert found("je suis à Vienne", "country") == []


def test_every_foreign_country_of_the_iso_list_has_its_people():
    # Uninhabited, or without an adjective of their own in French.
    nobody = {"AQ", "AS", "BQ", "BV", "CC", "CX", "FK", "GS", "HM", "MP"}
    nobody |= {"NF", "PN", "SH", "SJ", "TC", "TK", "VA", "VG", "VI"}
    known = {code for code in _official_names() if code not in nobody}
    assert sorted(known - set(vocabulary.read("countries")["people"])) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("des acheteurs dallemagne", ["DE"]),
        ("vendre a litalie", ["IT"]),
        ("un couple danglais", ["GB"]),
        ("un gars japonai", ["JP"]),
        ("deux hollandai et un alleman", ["NL", "DE"]),
        ("un client de bruxelle", ["BE"]),
        ("mon grossiste belgik", ["BE"]),
        ("un importateur us", ["US"]),
        ("du rhum de la Barbade", ["BB"]),
        ("un traiteur londonien", ["GB"]),
        ("une boîte du Minnesota", ["US"]),
        ("un acheteur du Wurtemberg, à Freiburg", ["DE"]),
    ],
)
def test_a_glued_article_a_silent_letter_or_a_sound_still_names_the_country(found, text, codes):
    assert [entity.value for entity in found(text, "country")] == codes


@pytest.mark.parametrize(
    "text",
    [
        "trois mots d'anglais",
        "traductrice du russe et de l'ukrainien",
        "traducteur anglais-polonais",
        "c'est plus malin",
        "mes fiches bristol",
        "tout ça c'est du chinois",
        "les us et coutumes",
        "je suis près d'Us",
        "une dinde et du linge",
        "la machine est livrée",
    ],
)
def test_a_language_an_idiom_or_a_near_word_is_no_country(found, text):
    assert found(text, "country") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("un hôtel de Bruges ne me paie pas", ["BE"]),
        ("Bruges, à côté de Bordeaux", []),
        ("un client de Vienne parle de la loi de chez lui", ["AT"]),
        ("un client de Vienne ne paie pas", []),
        ("un pressing à Mons, avec un bail belge", ["BE", "BE"]),
        ("un poseur à Fribourg, en Allemagne", ["DE", "DE"]),
        ("un poseur à Fribourg", ["CH"]),
    ],
)
def test_the_words_around_settle_a_city_of_two_countries(found, text, codes):
    assert [entity.value for entity in found(text, "country")] == codes
