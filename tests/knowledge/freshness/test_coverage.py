from datetime import date

import pytest

from knowledge.codes import Need
from knowledge.freshness.coverage import LOCAL, NATIONAL, REGIONAL, Hole, cover

TODAY = date(2026, 11, 26)
READ = {"confidence": "official", "source_url": "https://exemple.fr", "url": "https://exemple.fr"}
HEARD = {"confidence": "secondary", "url": "https://exemple.fr"}
FINISTERE = {"level": "departement", "territory": "29"}
BRETAGNE = {"level": "region", "territory": "53"}


@pytest.fixture
def covered(ground):
    """The coverage that a few bodies and schemes make."""
    return lambda advisors=(), schemes=(): cover(advisors, schemes, ground, TODAY)


@pytest.mark.parametrize(
    ("fields", "nearness"),
    [
        ({"level": "commune", "territory": "29019"}, LOCAL),
        ({"level": "epci", "territory": "200068120"}, LOCAL),
        (FINISTERE, LOCAL),
        (BRETAGNE, REGIONAL),
        ({"level": "national", "territory": "FR"}, NATIONAL),
    ],
)
def test_a_body_counts_by_nearness_where_it_works(covered, advisor, fields, nearness):
    cell = covered([advisor("a", **READ, **fields)]).cell(Need.WEBSITE, "29")

    assert cell.verified == {nearness: 1}
    assert not cell.to_check


def test_a_body_counts_for_its_needs_and_places_only(covered, advisor):
    coverage = covered([advisor("a", **READ, **FINISTERE, needs=["website", "training"])])

    assert coverage.cell(Need.TRAINING, "29").near_verified == 1
    assert coverage.cell(Need.LOANS, "29").near_verified == 0
    assert coverage.cell(Need.WEBSITE, "22").near_verified == 0


def test_a_commune_makes_its_departement_reached_in_part(covered, advisor):
    coverage = covered([advisor("a", **READ, level="commune", territory="29019")])

    assert coverage.cell(Need.WEBSITE, "29").partly == 1
    assert coverage.cell(Need.WEBSITE, "29").hole is None


def test_an_area_stands_instead_of_the_territory(covered, advisor):
    coverage = covered([advisor("a", **READ, **BRETAGNE, area=["DEP-22", "COM-35238"])])

    assert [code for code in ("22", "29", "35", "56") if coverage.cell(Need.WEBSITE, code).near_verified] == [
        "22",
        "35",
    ]
    assert coverage.cell(Need.WEBSITE, "22").partly == 0
    assert coverage.cell(Need.WEBSITE, "35").partly == 1


def test_a_national_body_with_an_area_works_there_only(covered, advisor):
    coverage = covered([advisor("a", **READ, area=["REG-53"])])

    assert coverage.cell(Need.WEBSITE, "29").verified[NATIONAL] == 1
    assert coverage.cell(Need.WEBSITE, "75").hole is Hole.NOBODY


@pytest.mark.parametrize(("excluded", "reached"), [("COM-29019", 1), ("EPCI-200068120", 1), ("DEP-29", 0)])
def test_an_exclusion_of_a_part_leaves_the_departement_reached_in_part(covered, advisor, excluded, reached):
    cell = covered([advisor("a", **READ, **BRETAGNE, area_exclusions=[excluded])]).cell(Need.WEBSITE, "29")

    assert cell.near_verified == reached
    assert cell.partly == reached


@pytest.mark.parametrize(
    "fields",
    [
        {**READ, "shown": "never"},
        {**READ, "url": None},  # nothing to reach it by
    ],
)
def test_a_body_owners_cannot_reach_does_not_count(covered, advisor, fields):
    assert covered([advisor("a", **fields)]).cell(Need.WEBSITE, "29").hole is Hole.NOBODY


@pytest.mark.parametrize(
    ("bodies", "hole"),
    [
        ([], Hole.NOBODY),
        ([READ], Hole.ONLY_NATIONAL),
        ([{**HEARD, **FINISTERE}], Hole.UNVERIFIED),
        ([READ, {**HEARD, **BRETAGNE}], Hole.UNVERIFIED),
        ([{**READ, **BRETAGNE}], None),
    ],
)
def test_a_hole_is_the_lack_of_a_verified_body_nearer_than_the_country(covered, advisor, bodies, hole):
    coverage = covered([advisor(f"a{rank}", **fields) for rank, fields in enumerate(bodies)])

    assert coverage.cell(Need.WEBSITE, "29").hole is hole


def test_holes_are_named_by_need_and_departement(covered, advisor, ground):
    regions = {place.region for place in ground.places} - {"53"}
    everywhere = [
        advisor(f"region-{code}", **READ, level="region", territory=code, needs=Need.values())
        for code in sorted(regions)
    ]
    finistere = advisor("a", **READ, **FINISTERE, needs=["loans"])
    bretagne = advisor("b", **HEARD, **BRETAGNE, needs=["grants"])

    holes = set(covered([*everywhere, finistere, bretagne]).holes())

    loans = {code for need, code, _ in holes if need is Need.LOANS}
    assert loans == {"22", "35", "56"}
    assert (Need.GRANTS, "29", Hole.UNVERIFIED) in holes
    assert (Need.WEBSITE, "29", Hole.NOBODY) in holes
    assert not {code for _, code, _ in holes} - {"22", "29", "35", "56"}


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 1),
        ({"status": "unknown"}, 0),
        ({"date_cloture": "2026-11-26"}, 1),
        ({"date_cloture": "2026-11-25"}, 0),
        ({"needs": ["loans"], "types_aides": ["loan"]}, 0),
        ({"eligibilite_geographique": ["REG-53"]}, 1),
        ({"eligibilite_geographique": ["REG-52"]}, 0),
        ({"eligibilite_geographique_exclusions": ["DEP-29"]}, 0),
        ({"eligibilite_geographique_exclusions": ["COM-29019"]}, 1),
        ({"needs": ["export_prospecting", "website"]}, 0),  # money to go abroad pays for no site at home
    ],
)
def test_open_schemes_are_counted_where_they_hold(covered, scheme, fields, count):
    assert covered(schemes=[scheme(**fields)]).cell(Need.WEBSITE, "29").schemes == count


def test_money_is_counted_by_kind_of_aid_whatever_it_pays_for(covered, scheme):
    coverage = covered(schemes=[scheme(types_aides=["grant"], needs=["website"])])

    assert coverage.cell(Need.GRANTS, "29").schemes == 1
    assert coverage.cell(Need.LOANS, "29").schemes == 0


@pytest.mark.parametrize(
    ("zones", "count"),
    [(["PAYS-99100"], 0), (["UE"], 0), (["DEP-978"], 1), (["REG-978"], 1), (["COM-97801"], 1)],
)
def test_in_a_collectivity_only_a_scheme_that_names_it_counts(covered, scheme, zones, count):
    coverage = covered(schemes=[scheme(eligibilite_geographique=zones)])

    assert coverage.cell(Need.WEBSITE, "978").schemes == count


def test_the_shipped_content_is_counted(content, ground):
    coverage = cover(content.advisors.values(), content.schemes.values(), ground, TODAY)

    assert coverage.cell(Need.WEBSITE, "29").verified.total() > 0
    assert {need for need, _, _ in coverage.holes()} <= set(Need)
