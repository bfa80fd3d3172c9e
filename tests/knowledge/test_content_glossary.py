"""The glossary and the statistics as they are shipped: complete, unambiguous, plain, and with their source."""

from collections import Counter
from itertools import combinations

import pytest
from rapidfuzz.fuzz import ratio

from knowledge.codes import Confidence
from knowledge.schema import Statistic, Term
from knowledge.territories import normalise_name

FLATTERY = (
    "idéal",
    "parfait",
    "incontournable",
    "excellent",
    "meilleur",
    "indispensable",
    "booste",
    "facilement",
)
SAME_WORDS = 90  # of 100: above, two definitions say the same thing twice


@pytest.fixture(scope="module")
def terms(content) -> dict[str, Term]:
    return content.guidance["glossary"]


@pytest.fixture(scope="module")
def statistics(content) -> dict[str, Statistic]:
    return content.guidance["statistics"]


def spellings(term: Term) -> set[str]:
    return {normalise_name(word) for word in (term.term, *term.aliases)}


def limit(model: type, field: str) -> int:
    return model.__fields__[field].field_info.max_length


def test_everything_is_there(terms, statistics):
    assert (len(terms), len(statistics)) == (103, 56)


def test_a_spelling_leads_to_one_term(terms):
    owners = Counter(word for term in terms.values() for word in spellings(term))
    assert {word for word, count in owners.items() if count > 1} == set()


def test_every_spelling_has_letters_or_digits(terms):
    assert [key for key, term in terms.items() if "" in spellings(term)] == []


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("GDPR", "rgpd"),
        ("marketplace", "place-de-marche"),
        ("clic et collecte", "click-collect"),
        ("dématérialisation des factures", "facture-electronique"),
        ("plateforme agreee", "plateforme-agreee"),
        ("SEO", "referencement-naturel"),
        ("huissier", "commissaire-de-justice"),
        ("PME", "tpe-et-pme"),
    ],
)
def test_owners_words_lead_to_the_term(terms, typed, key):
    assert normalise_name(typed) in spellings(terms[key])


def test_definitions_end_and_stay_short(terms):
    longest = limit(Term, "definition")
    wrong = [
        key
        for key, term in terms.items()
        if not term.definition.endswith(".") or len(term.definition) > longest
    ]
    assert wrong == []


def test_definitions_neither_shout_nor_flatter(terms):
    wrong = [
        key
        for key, term in terms.items()
        if "!" in term.definition or any(word in term.definition.lower() for word in FLATTERY)
    ]
    assert wrong == []


def test_no_two_terms_share_a_definition(terms):
    alike = [
        (one.id, other.id)
        for one, other in combinations(terms.values(), 2)
        if ratio(one.definition, other.definition) > SAME_WORDS
    ]
    assert alike == []


def test_every_statistic_has_a_year_and_a_page(statistics):
    wrong = [
        key for key, figure in statistics.items() if not (figure.year and figure.source_url and figure.seen)
    ]
    assert wrong == []


def test_no_statistic_comes_from_memory(statistics):
    assert [key for key, figure in statistics.items() if figure.confidence is Confidence.MEMORY] == []


def test_indicators_read_on_after_the_figure(statistics):
    """« 66 % [des TPE et PME] ont un site »: no capital, no full stop."""
    wrong = [
        key
        for key, figure in statistics.items()
        if figure.indicator[0].isupper() or figure.indicator.endswith(".")
    ]
    assert wrong == []


def test_shares_are_percentages(statistics):
    wrong = [
        key
        for key, figure in statistics.items()
        if figure.unit.startswith("%") and not 0 < figure.value <= 100
    ]
    assert wrong == []
