"""Words of owners, against the words of records."""

import pytest

from knowledge.guidance.finder import Finder
from knowledge.guidance.glossary import Glossary
from knowledge.guidance.words import alike, plain, stems
from knowledge.schema import Term

TERMS = {
    "marketplace": ("Place de marché", ["marketplace", "market place"]),
    "plateforme": ("Plateforme agréée (PA, ex-PDP)", []),
    "ia": ("Intelligence artificielle", ["IA"]),
    "factur-x": ("Factur-X", []),
    "affacturage": ("Affacturage", ["factor"]),
}


@pytest.fixture(scope="module")
def glossary():
    return Glossary(
        Term(id=key, term=term, aliases=aliases, definition="Un mot.", confidence="memory")
        for key, (term, aliases) in TERMS.items()
    )


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("place de marché", "marketplace"),
        ("PLACES DE MARCHE", "marketplace"),
        ("c'est quoi une marketplace ?", "marketplace"),
        ("les markeplaces", "marketplace"),
        ("pdp", None),
        ("ex-pdp", "plateforme"),
        ("plateforme agréée", "plateforme"),
        ("l'ia", "ia"),
        ("il", None),
        ("factor x", "factur-x"),
        ("un factor", "affacturage"),
        ("bonjour", None),
        ("", None),
    ],
)
def test_a_term_is_found_as_it_is_typed(glossary, typed, key):
    found = glossary.find(typed)

    assert (found and found.id) == key


def test_case_accents_and_signs_do_not_count():
    assert plain("L'Œuvre – d'Été, 3-D & co.") == "l oeuvre d ete 3 d & co"


@pytest.mark.parametrize(
    ("word", "stem"), [("sites", "site"), ("bureaux", "bureal"), ("os", "os"), ("tva", "tva")]
)
def test_plurals_lose_their_ending(word, stem):
    assert stems(word) == [stem]


@pytest.mark.parametrize(
    ("typed", "known", "same"),
    [
        ("retriate", "retraite", True),
        ("bail", "bain", False),
        ("tva", "tva", True),
        ("impot", "depot", False),
    ],
)
def test_only_longer_words_may_hold_a_slip(typed, known, same):
    assert alike(typed, known) is same


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("je cherche un apprenti", "apprentice"),
        ("mes apprentis", "apprentice"),
        ("apprentit", "apprentice"),
        ("ma banque me refuse un crédit", "bank"),
        ("le crédit que la banque refuse", "bank"),
        ("un refus de la banque", "bank"),
        ("la banque", None),
        ("il pleut", None),
    ],
)
def test_records_are_found_by_whole_phrases_or_two_of_their_words(text, best):
    finder = Finder({"apprentice": ["apprenti"], "bank": ["refus de crédit", "banque refuse"]})
    scores = finder.scores(text)

    assert max(scores, key=scores.get, default=None) == best
