"""Pairs of names that are one body and pairs that are two: what the declared limits rest on."""

import pytest

from knowledge.importing.identity import enough, likeness

ONE = [
    (
        "CCI métropolitaine Bretagne Ouest – Quimper",
        "Chambre de commerce et d'industrie métropolitaine Bretagne Ouest - délégation de Quimper",
    ),
    ("CMA Bretagne – Finistère", "Chambre de métiers et de l'artisanat de Bretagne - Finistère"),
    ("Région Bretagne", "Conseil régional de Bretagne"),
]
TWO = [
    ("SIE Rennes Est", "SIE Rennes Ouest"),
    ("SIE Paris 8", "SIE Paris 16"),
    ("CCI métropolitaine Bretagne Ouest – Brest", "CCI métropolitaine Bretagne Ouest – Quimper"),
    ("Douane : direction régionale – Bretagne", "Bureau de douane de Rennes"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_body(one, other):
    assert likeness("advisor", one, other) >= enough("advisor")


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_bodies(one, other):
    assert likeness("advisor", one, other) < enough("advisor")


def test_volumes_of_a_scheme_are_two():
    assert likeness("scheme", "Aide au numérique volet 1", "Aide au numérique volet 2") < enough("scheme")
