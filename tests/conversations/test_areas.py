import pytest

from conversations.areas import Area, area_of
from knowledge.territories import load_territories


def test_every_département_lies_where_the_official_code_says():
    for place in load_territories().departements:
        assert area_of({"level": "departement", "code": place.code}) == Area(place.code, place.region)


@pytest.mark.parametrize("code", ["29019", "2A004", "2B033", "97411", "75056", "01053"])
def test_a_commune_lies_in_the_département_of_its_code(code):
    place = load_territories().get("commune", code)
    assert area_of({"level": "commune", "code": code}) == Area(place.departement, place.region)


def test_what_is_larger_or_elsewhere_has_no_département():
    assert area_of({"level": "region", "code": "53"}) == Area(None, "53")
    assert area_of({"level": "commune", "code": "98735"}) == Area("987", None)
    assert area_of({"level": "epci", "code": "242900314"}) == Area()
    assert area_of(None) == area_of({}) == Area()
