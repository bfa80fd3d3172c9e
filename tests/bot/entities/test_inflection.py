"""Forms of French words follow from the masculine singular."""

import pytest

from bot.nlu.entities.inflection import forms, phrase_forms, singular_phrase


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("boulanger", "boulangères"),
        ("coiffeur", "coiffeuses"),
        ("restaurateur", "restauratrice"),
        ("esthéticien", "esthéticiennes"),
        ("vigneron", "vigneronne"),
        ("allemand", "allemandes"),
        ("coréen", "coréenne"),
        ("français", "françaises"),
        ("belge", "belges"),
    ],
)
def test_a_form_follows_from_the_masculine_singular(word, form):
    assert form in forms(word)


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("salon de coiffure", "salons de coiffure"),
        ("agent immobilier", "agents immobiliers"),
        ("coiffeur à domicile", "coiffeuse à domicile"),
        ("gâteau", "gâteaux"),
    ],
)
def test_the_first_word_of_a_phrase_agrees(phrase, form):
    assert form in phrase_forms(phrase)


def test_a_thing_has_no_feminine():
    assert phrase_forms("salon") >= {"salon", "salons"}
    assert "cuire" not in phrase_forms("cuir")


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("gâteaux", "gâteau"),
        ("bocaux", "bocal"),
        ("sacs en cuir", "sac en cuir"),
        ("tables basses", "table basse"),
    ],
)
def test_a_phrase_has_its_singular(many, one):
    assert singular_phrase(many) == one
