import pytest

from portal.places import Places, UnknownPlace
from tests.portal.fakes import FakeTerritories

FINISTERE = {"level": "departement", "code": "29", "name": "Finistère"}


@pytest.fixture
def places():
    return Places(FakeTerritories())


@pytest.mark.parametrize("asked", ["29", "Finistère", {"level": "departement", "code": "29"}, FINISTERE])
def test_a_place_goes_by_its_words_or_by_its_code(places, asked):
    assert places.resolve(asked) == FINISTERE


def test_the_name_is_that_of_the_table_not_the_caller_s(places):
    assert places.resolve({**FINISTERE, "name": "Ailleurs"}) == FINISTERE


@pytest.mark.parametrize("asked", ["Atlantide", {"level": "region", "code": "29"}, {"code": "29"}, {}])
def test_what_no_place_goes_by_is_refused(places, asked):
    with pytest.raises(UnknownPlace):
        places.resolve(asked)


def test_finding_gives_the_table_s_own_place_or_none(places):
    assert places.find(FINISTERE) is FakeTerritories.finistere
    assert places.find({"level": "departement", "code": 29}) is FakeTerritories.finistere
    assert places.find({"level": "departement", "code": None}) is None
