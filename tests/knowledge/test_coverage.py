import pytest

from knowledge.coverage import reach_of, seat_at


def test_a_commune_is_in_its_epci_departement_region_and_country(territories):
    reach = reach_of(territories.get("commune", "29232"), territories)

    assert reach.zones == {"COM-29232", "EPCI-200068120", "DEP-29", "REG-53", "PAYS-99100", "UE"}


def test_a_departement_is_in_no_epci(territories):
    assert reach_of(territories.get("departement", "29"), territories).zones == {
        "DEP-29",
        "REG-53",
        "PAYS-99100",
        "UE",
    }


def test_a_region_is_in_no_departement_unless_it_is_one(territories):
    assert reach_of(territories.get("region", "53"), territories).departement is None
    assert reach_of(territories.get("region", "04"), territories).departement == "974"


def test_an_unknown_place_is_in_the_country_and_the_union_only(territories):
    assert reach_of(None, territories).zones == {"PAYS-99100", "UE"}


@pytest.mark.parametrize(("code", "inside"), [("975", False), ("978", True), ("988", False), ("974", True)])
def test_overseas_some_territories_are_outside_the_union(territories, code, inside):
    assert ("UE" in reach_of(territories.get("departement", code), territories).zones) is inside


def test_an_exclusion_wins_over_what_holds_it(territories):
    brest = reach_of(territories.get("commune", "29019"), territories)

    assert brest.covered_by(["REG-53"])
    assert not brest.covered_by(["REG-53"], ["DEP-29"])
    assert not brest.covered_by(["REG-52"])


def test_a_seat_is_in_all_that_holds_it_but_the_country(territories):
    seat = seat_at("COM-29019", territories)

    assert "DEP-29" in seat.zones
    assert "PAYS-99100" not in seat.zones
    assert seat.population > 100_000


@pytest.mark.parametrize(
    ("level", "code", "apart"),
    [
        ("departement", "975", True),
        ("departement", "978", True),
        ("commune", "98818", True),
        ("departement", "976", False),
        ("region", "04", False),
        ("commune", "29019", False),
    ],
)
def test_overseas_collectivities_are_apart_and_overseas_departements_are_not(territories, level, code, apart):
    assert reach_of(territories.get(level, code), territories).apart is apart


def test_a_zone_is_named_when_it_is_not_the_whole_country(territories):
    noumea = reach_of(territories.get("commune", "98818"), territories)

    assert noumea.names(["DEP-988", "PAYS-99100"])
    assert not noumea.names(["PAYS-99100"])
