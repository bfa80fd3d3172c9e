import pytest
from jinja2 import UndefinedError

from knowledge.codes import BodyKind, BodyLevel, Need, SchemeStatus
from knowledge.sentences import Sentences, read_sentences


def test_a_sentence_is_filled_and_typeset():
    say = Sentences({"why": {"cci": "Pour {{ need }} : l'aide."}})

    assert say.say("why", "cci", need="vendre") == "Pour vendre\u00a0: l’aide."


def test_a_value_that_is_missing_is_an_error_not_a_gap():
    with pytest.raises(UndefinedError):
        Sentences({"a": "{{ need }}"}).say("a")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "aucun salarié"), (1, "1\u00a0salarié"), (3, "3\u00a0salariés")]
)
def test_staff_agrees_in_number(count, words):
    funding = read_sentences("funding")

    assert words in funding.say("criteria", "headcount_fits", headcount=count)


@pytest.mark.parametrize(("low", "words"), [(0.5, "6\u00a0mois"), (1, "1\u00a0an"), (3, "3\u00a0ans")])
def test_age_is_in_months_below_a_year(low, words):
    assert words in read_sentences("funding").say("criteria", "age_unknown", low=low, high=None)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, 7, "7\u00a0salariés au plus"),
        (3, 50, "de 3 à 50\u00a0salariés"),
        (1, None, "au moins 1\u00a0salarié"),
    ],
)
def test_the_headcount_asked_is_one_clean_sentence(low, high, words):
    said = read_sentences("funding").say("criteria", "headcount_unknown", low=low, high=high, headcount=None)

    assert said == f"Effectif demandé\u00a0: {words}."


def test_every_need_level_kind_and_status_has_its_words():
    contacts, funding = read_sentences("contacts"), read_sentences("funding")

    assert [need for need in Need.values() if not contacts.has("needs", need)] == []
    assert [level for level in BodyLevel.values() if not contacts.has("why", level)] == []
    assert [status for status in SchemeStatus.values() if not funding.has("status", status)] == []
    assert BodyKind.CCI in BodyKind.values()
