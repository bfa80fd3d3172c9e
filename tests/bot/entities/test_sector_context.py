"""Whose trade it is, and when a thing alone tells one."""

import pytest


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("code douanier pour des bougies", "32"),
        ("des acheteurs de nougat en Finlande", "10"),
        ("stock de miel mal compté", "01"),
        ("envoyer du cidre au Canada", "11"),
        ("vendre mes photos en ligne", "74"),
        ("qui achète du fromage de chèvre en Belgique", "10"),
        ("une boutique en ligne de confitures", "10"),
        ("bijoux en corne", "32"),
    ],
)
def test_a_thing_dealt_in_tells_the_trade(found, text, division):
    assert [entity.value for entity in found(text, "sector")] == [division]


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("le site de lhotel est en panne", "55"),
        ("un planning pour lambulance", "86"),
        ("jsuis coifeuse à Vannes", "96"),
        ("mon bijou en argent", "32"),
        ("jfais des bougies", "32"),
    ],
)
def test_glued_misspelt_and_singular_words_are_known(found, text, division):
    assert [entity.value for entity in found(text, "sector")] == [division]


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("un site pour un cabinet d'avocats", "69"),
        ("le bulletin de deux traductrices", "74"),
        ("embaucher un boulanger", "10"),
        ("notre cliente savonnière veut exporter", "20"),
        ("pas couvreur, charpentier", "43"),
        ("une coiffeuse qui travaille seule est-elle concernée", "96"),
    ],
)
def test_the_firm_spoken_of_has_the_trade(found, text, division):
    assert [entity.value for entity in found(text, "sector")] == [division]


@pytest.mark.parametrize(
    "text",
    [
        "un restaurateur de Londres me doit deux factures",
        "l'imprimeur de Tours m'a livré en retard",
        "un contrat avec un hôtel de Barcelone",
        "se partager un webmaster avec la scierie",
        "informaticien mutualisé entre voisins",
        "un bon restaurant pour samedi",
        "portage salarial au Portugal",
        "salon pro à Milan",
        "pub facebook à lancer",
        "ferme ta bouche",
        "dsn, traduction ?",
        "ce n'était pas une librairie",
        "vous avez noté ébéniste",
    ],
)
def test_partners_idioms_and_what_is_denied_are_none(found, text):
    assert found(text, "sector") == []


@pytest.mark.parametrize(
    "text",
    [
        "raconte une blague de couvreur",
        "je suis amoureux de ma coiffeuse",
        "un poste à partager avec le notaire et la pharmacie",
        "j'achète mes perles au Maroc",
        "les architectes veulent voir nos références",
        "mon petit magasin de Dieppe va fermer",
    ],
)
def test_talk_and_other_peoples_trades_are_none(found, text):
    assert found(text, "sector") == []
