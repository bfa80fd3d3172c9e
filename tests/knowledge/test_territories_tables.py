"""The tables hold the whole official code, and every reference in them leads somewhere."""

import json

import pytest

from knowledge.territories import load_territories
from knowledge.territories.rebuild import rebuild
from knowledge.territories.tables import mapping, rows


@pytest.fixture(scope="module")
def territories():
    return load_territories()


def test_the_counts_are_those_of_the_official_code(territories):
    assert len(territories.communes) == 34_969
    assert len(territories.departements) == 101
    assert len(territories.regions) == 18
    assert len(list(rows("epci"))) == 1_266


def test_every_commune_has_its_departement_region_and_known_epci(territories):
    epcis = {place.code for place in territories.epcis}
    for commune in territories.communes.values():
        assert territories.get("departement", commune.departement).region == commune.region
        assert territories.get("region", commune.region)
        assert commune.epci is None or commune.epci in epcis


def test_postcodes_have_five_digits(territories):
    for _, _, _, postcodes, _, _ in rows("communes"):
        assert all(len(code) == 5 and code.isdigit() for code in postcodes.split())


def test_every_former_commune_leads_to_a_present_one(territories):
    assert all(present in territories.communes for _, _, present in rows("former_communes"))


def test_every_departement_and_region_has_its_own_words(territories):
    wording = mapping("wording")
    for level in ("departement", "region"):
        assert set(wording[level]) == {row[0] for row in rows(f"{level}s")}


def test_every_nickname_leads_to_a_place(territories):
    for level, places in mapping("nicknames").items():
        for code, names in places.items():
            assert names, f"{level} {code} has no nickname"
            assert territories.get(level, code).level == level


@pytest.fixture
def package(tmp_path):
    """A package of one département with two communes, one of them merged into the other."""
    (tmp_path / "data").mkdir()
    area = {
        "code": "29",
        "nom": "Finistère",
        "region": "53",
        "chefLieu": "29232",
        "typeLiaison": 2,
        "zone": "metro",
    }
    quimper = {
        "code": "29232", "nom": "Quimper", "departement": "29", "type": "commune-actuelle",
        "codesPostaux": ["29100", "29000"], "population": 64385,
    }  # fmt: skip
    former = {"code": "29064", "nom": "Ergué-Armel", "chefLieu": "29232", "type": "commune-associee"}
    epci = {"code": "200068120", "nom": "CA ''Quimper''", "type": "CA", "membres": [{"code": "29232"}]}
    files = {
        "communes": [former, quimper],
        "departements": [area], "regions": [dict(area, code="53", nom="Bretagne")],
        "epci": [epci], "ept": [],
    }  # fmt: skip
    for stem, content in files.items():
        (tmp_path / "data" / f"{stem}.json").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def test_rebuilding_writes_the_five_tables(package, tmp_path):
    target = tmp_path / "tables"
    target.mkdir()
    rebuild(package, target)
    written = {path.stem: path.read_text(encoding="utf-8").splitlines()[1:] for path in target.iterdir()}
    assert written["communes"] == ["29232\tQuimper\t29\t29000 29100\t64385\t200068120"]
    assert written["former_communes"] == ["29064\tErgué-Armel\t29232"]
    assert written["departements"] == ["29\tFinistère\t53\t29232\tle\tmetro"]
    assert written["regions"] == ["53\tBretagne\t53\t29232\tle\tmetro"]
    assert written["epci"] == ['200068120\tCA "Quimper"\tCA\t64385\t29232']
