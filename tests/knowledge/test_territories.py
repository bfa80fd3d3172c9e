"""Places are found under the names people give them, and said back in French."""

import pytest

from knowledge.territories import Place, UnknownTerritory, load_territories, normalise_name


@pytest.fixture(scope="module")
def territories():
    return load_territories()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("St-Brieuc", "saint brieuc"),
        ("SAINTE-MARIE", "sainte marie"),
        ("Ste Marie", "sainte marie"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ les Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("Chalon s/ Saône", "chalon sur saone"),
        ("Chalon s/Saône", "chalon sur saone"),
        ("  ", ""),
    ],
)
def test_one_form_for_all_spellings(typed, key):
    assert normalise_name(typed) == key


@pytest.mark.parametrize(
    ("typed", "level", "code"),
    [
        ("Quimper", "commune", "29232"),
        ("QUIMPER", "commune", "29232"),
        ("st etienne", "commune", "42218"),
        ("29", "departement", "29"),
        ("2a", "departement", "2A"),
        ("le 974", "departement", "974"),
        ("dans le Finistère", "departement", "29"),
        ("Midi-Pyrénées", "region", "76"),
        ("PACA", "region", "93"),
        ("AURA", "region", "84"),
        ("HDF", "region", "32"),
        ("la région parisienne", "region", "11"),
        ("35000", "commune", "35238"),
        ("75015", "commune", "75056"),
        ("Paris 15e", "commune", "75056"),
        ("Paris", "commune", "75056"),
        ("75", "departement", "75"),
        ("La Réunion", "departement", "974"),
        ("Guadeloupe", "departement", "971"),
        ("Mayotte", "departement", "976"),
        ("Corse", "region", "94"),
        ("Nouvelle-Calédonie", "departement", "988"),
        ("Saint-Barth", "departement", "977"),
        ("la cité phocéenne", "commune", "13055"),
        ("Panam", "commune", "75056"),
        ("Sainté", "commune", "42218"),
        ("pays basque", "departement", "64"),
        ("9-3", "departement", "93"),
        ("havre", "commune", "76351"),
        ("Annecy-le-Vieux", "commune", "74010"),
        ("Plaine Commune", "epci", "200057867"),
        ("communauté d’agglomération du Grand Cahors", "epci", "200023737"),
    ],
)
def test_what_people_call_a_place_comes_first(territories, typed, level, code):
    found = territories.search(typed)
    assert (found[0].level, found[0].code) == (level, code)


def test_homonyms_are_all_returned_most_populous_first(territories):
    found = territories.search("Saint-Denis")
    assert {"97411", "93066", "11339"} <= {place.code for place in found}
    assert [place.population for place in found] == sorted((p.population for p in found), reverse=True)


def test_a_nickname_of_two_towns_returns_both(territories):
    assert [place.code for place in territories.search("Boulogne")][:2] == ["92012", "62160"]


def test_an_unknown_name_finds_nothing(territories):
    assert territories.search("Trifouillis-les-Oies-du-Sud") == []
    assert territories.search("") == []
    assert territories.by_postcode("99999") == []


def test_a_postcode_gives_its_communes(territories):
    assert {place.code for place in territories.by_postcode("29000")} == {"29232"}


def test_a_merged_commune_is_its_present_commune(territories):
    assert territories.get("commune", "74011").name == "Annecy"
    assert territories.get("commune", "75115").name == "Paris"


def test_an_unknown_code_is_said_to_be_unknown(territories):
    with pytest.raises(UnknownTerritory, match="commune 00000"):
        territories.get("commune", "00000")
    with pytest.raises(UnknownTerritory):
        territories.get("canton", "29")


@pytest.mark.parametrize(
    ("level", "code", "words"),
    [
        ("commune", "29232", "à Quimper"),
        ("commune", "76351", "au Havre"),
        ("commune", "97101", "aux Abymes"),
        ("commune", "17300", "à La Rochelle"),
        ("commune", "2B134", "à L’Île-Rousse"),
        ("departement", "29", "dans le Finistère"),
        ("departement", "93", "en Seine-Saint-Denis"),
        ("departement", "974", "à La Réunion"),
        ("region", "53", "en Bretagne"),
        ("region", "32", "dans les Hauts-de-France"),
        ("epci", "200057867", "sur le territoire de Plaine Commune"),
    ],
)
def test_a_place_is_said_with_its_preposition(territories, level, code, words):
    assert territories.in_words(territories.get(level, code)) == words


def test_the_same_object_comes_back(territories):
    assert load_territories() is territories


@pytest.mark.parametrize(
    ("population", "namesake", "meant"),
    [(1000, 100, True), (999, 100, False), (5, 0, True), (0, 0, False)],
)
def test_a_place_ten_times_as_populous_as_its_namesake_is_meant(population, namesake, meant):
    first, second = (Place("commune", "1", "x", None, None, population=n) for n in (population, namesake))
    assert first.outweighs(second) is meant
