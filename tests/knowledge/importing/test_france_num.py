"""Activateurs France Num: private advisers by région, without phone and without persons' names."""

import pytest

from knowledge.importing.formats import france_num
from knowledge.importing.records import Imported, SetAside, Skipped

STRUCTURE = {
    "identifiant_de_la_structure": "A-0001",
    "nom_de_la_structure": "Atelier Web &amp; Co",
    "categorie": "Privée",
    "type": "Agence de communication, marketing",
    "adresse": "1 rue X",
    "code_postal": "29000",
    "ville": "QUIMPER",
    "region": "Bretagne",
    "lien_url_site_france_num": "https://www.francenum.example/a",
}


@pytest.fixture
def read(context, stream):
    return lambda value: list(france_num.read(stream(value), context("france-num")))


@pytest.mark.parametrize(
    "shape", [lambda one: [one], lambda one: {"results": [one]}, lambda one: [{"fields": one}]]
)
def test_a_structure(read, shape):
    (item,) = read(shape(STRUCTURE))
    record = item.record
    assert (record.name, record.kind.value, record.level.value) == (
        "Atelier Web & Co",
        "private_adviser",
        "region",
    )
    assert (record.territory, record.seat, record.phone, record.email) == ("53", "COM-29232", None, None)
    assert record.needs[0].value == "visibility"


@pytest.mark.parametrize(
    ("postcode", "town", "seat"),
    [
        ("75011", "PARIS 11", "COM-75056"),
        ("69003", "Lyon", "COM-69123"),
        ("1000", "Bourg-en-Bresse", "COM-01053"),
        ("29019", "QUIMPER CEDEX", "COM-29232"),
    ],
)
def test_the_commune_is_found_by_postcode_and_town(read, postcode, town, seat):
    (item,) = read([{**STRUCTURE, "code_postal": postcode, "ville": town}])
    assert isinstance(item, Imported), item
    assert item.record.seat == seat


def test_what_cannot_be_placed_or_names_a_person_is_set_aside(read):
    nowhere = {**STRUCTURE, "code_postal": "99999", "ville": "Nulle Part"}
    person = {**STRUCTURE, "type": "Indépendant", "nom_de_la_structure": "Marie Exemple"}
    found = read([nowhere, person])
    assert [type(item) for item in found] == [SetAside, SetAside]
    assert "Marie" not in found[1].excerpt


def test_other_categories_are_only_counted(read):
    assert read([{**STRUCTURE, "categorie": "Publique"}]) == [Skipped("category Publique")]
