"""Trades lead to the divisions of NAF rév. 2; tools, needs and advisers are no trade of the owner."""

import pytest


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("je suis boulangère", "10"),
        ("des coiffeuses", "96"),
        ("plaquiste", "43"),
        ("btp", "43"),
        ("mon gîte", "55"),
        ("un salon de thé", "56"),
        ("un food-truck", "56"),
        ("mon resto", "56"),
        ("mon garage", "45"),
        ("je fais des bijoux", "32"),
        ("vendre des savons", "20"),
        ("je vends des chaussures", "47"),
        ("c'est pour des colliers", "32"),
        ("je suis formateur", "85"),
        ("mon agence immobilière", "68"),
        ("je suis avocate", "69"),
        ("une aide pour un four, restauration, Vannes", "56"),
        ("nous éditons des magazines", "58"),
        ("je suis éleveuse", "01"),
        ("nos asperges", "01"),
        ("une start-up de drones", "30"),
        ("j'équipe une auto-école", "85"),
        ("la déco du studio photo", "74"),
        ("je suis le boucher d'à côté de la mairie", "47"),
        ("je dirige mon agence digitale", "62"),
    ],
)
def test_a_trade_is_found_by_its_division(found, text, division):
    assert [entity.value for entity in found(text, "sector")] == [division]


@pytest.mark.parametrize(
    "text",
    [
        "une agence pour mon site",
        "je cherche un développeur",
        "besoin d'un avocat",
        "ma banque refuse",
        "mon comptable m'a dit de voir",
        "une formation pour mes salariés",
        "un logiciel de caisse",
        "la livraison à domicile",
        "je suis fermé le lundi",
        "mon grossiste danois",
        "un menuisier m'a dit",
        "payer de la pub",
        "un chef informatique",
        "le fromager d'en face",
        "la fleuriste du coin",
        "mon électricien m'a conseillé",
        "un ami garagiste",
        "ma cousine est coiffeuse",
        "nos voisins de la boulangerie",
        "mon agence web a fermé",
    ],
)
def test_tools_needs_and_other_peoples_trades_are_none(found, text):
    assert found(text, "sector") == []


def test_a_trade_carries_its_label_section_and_chamber(found):
    (baker,) = found("je suis boulangère", "sector")
    info = {"trade": "boulanger", "said": "boulanger", "section": "C", "craft": True}
    assert baker.additional_info == info
    (host,) = found("mon gîte", "sector")
    assert host.additional_info["craft"] is False


def test_the_owners_own_trade_goes_before_that_of_others(found):
    text = "je suis brasseur et je livre les restaurants"
    assert [entity.value for entity in found(text, "sector")] == ["11"]
