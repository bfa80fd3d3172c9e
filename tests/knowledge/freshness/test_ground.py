import pytest

from knowledge.territories import UnknownTerritory


def test_it_holds_the_101_departements_and_the_collectivities_where_somebody_lives(ground):
    assert len(ground.departements) == 101
    assert [place.code for place in ground.collectivities] == ["975", "977", "978", "986", "987", "988"]


@pytest.mark.parametrize(
    ("zones", "exclusions", "whole", "part"),
    [
        (["REG-53"], [], {"22", "29", "35", "56"}, set()),
        (["DEP-29"], [], {"29"}, set()),
        (["COM-29019"], [], set(), {"29"}),
        (["EPCI-200068120"], [], set(), {"29"}),
        (["COM-75056"], [], {"75"}, set()),  # Paris is one commune
        (["REG-53"], ["COM-29019"], {"22", "35", "56"}, {"29"}),
        (["REG-53"], ["DEP-29"], {"22", "35", "56"}, set()),
        (["COM-29019"], ["DEP-29"], set(), set()),
        (["REG-04"], [], {"974"}, set()),
        (["COM-13055", "DEP-84"], [], {"84"}, {"13"}),
        (["EPCI-200057867"], [], set(), {"93"}),  # a district of Greater Paris: where its largest commune is
        ([], [], set(), set()),
    ],
)
def test_zones_reach_departements_whole_or_in_part(ground, zones, exclusions, whole, part):
    found = ground.reached(zones, exclusions)

    assert (set(found.whole), set(found.part)) == (whole, part)


def test_a_code_that_no_territory_has_is_refused(ground):
    with pytest.raises(UnknownTerritory):
        ground.reached(["COM-00000"])


def test_the_country_reaches_all_and_the_union_all_but_some_collectivities(ground):
    codes = {place.code for place in ground.places}

    assert ground.reached(["PAYS-99100"]).whole == codes
    assert ground.reached(["UE"]).whole == codes - {"975", "977", "986", "987", "988"}
