from datetime import date

import pytest

from knowledge.catalogue import Catalogue
from knowledge.codes import Need
from knowledge.coverage import Reach, reach_of
from knowledge.dates import last_day
from knowledge.facts import Firm
from knowledge.funding import Age, Question, age_on, doubts, last_known, status_on
from knowledge.reading import Reader
from knowledge.scheme_lookup import MOST, find
from knowledge.scheme_ranking import Ranking

TODAY = date(2026, 11, 23)
BREST = Reach(frozenset({"PAYS-99100", "REG-53", "DEP-29", "EPCI-242900314", "COM-29019", "UE"}))
REGION = {"level": "region", "eligibilite_geographique": ["REG-53"]}


@pytest.fixture
def found(served, content):
    """Return what is found among some schemes, in order: looked up, then ranked."""
    labels = {sector.label: list(sector.naf) for sector in content.reference.sectors}

    def look_up(schemes, need="website", reach=BREST, **firm):
        question = Question(Need(need), reach, TODAY, Firm(**firm))
        reader = Reader(served(schemes=schemes))
        spotted = reader.read(lambda connection: find(connection, question))
        return Ranking(spotted, Catalogue(reader, labels).schemes.take, question).first()

    return look_up


@pytest.fixture
def ids(found):
    """Return the ids of what is found."""
    return lambda *schemes, **facts: [item.scheme.id for item in found(*schemes, **facts)]


def test_open_then_unknown_then_suspended_then_ended(scheme, ids):
    schemes = [scheme(status, status=status) for status in ["ended", "suspended", "unknown", "open"]]

    assert ids(schemes) == ["open", "unknown", "suspended", "ended"]


def test_national_and_european_after_local(scheme, ids):
    schemes = [
        scheme("eu", level="eu"),
        scheme("national"),
        scheme("region", **REGION),
        scheme("epci", level="epci", eligibilite_geographique=["EPCI-242900314"]),
    ]

    assert ids(schemes) == ["epci", "region", "national", "eu"]


def test_a_scheme_elsewhere_is_left_out(scheme, ids):
    schemes = [
        scheme("epci", level="epci", eligibilite_geographique=["EPCI-200068120"]),
        scheme("some-regions", eligibilite_geographique=["REG-11", "REG-32"]),
        scheme("excluded", **REGION, eligibilite_geographique_exclusions=["DEP-29"]),
    ]

    assert ids(schemes) == []


def test_in_a_departement_the_commune_decides_on_the_scheme_of_an_epci(scheme, found, territories):
    local = scheme("epci", level="epci", eligibilite_geographique=["EPCI-242900314"])
    finistere = reach_of(territories.get("departement", "29"), territories)

    (at_home,), (around,) = found([local]), found([local], reach=finistere)
    assert (at_home.doubts, at_home.missing) == ((), ["conditions"])
    assert (around.doubts, around.missing) == (("part",), ["commune", "conditions"])
    assert found([local], reach=reach_of(territories.get("departement", "35"), territories)) == []


def test_a_local_version_of_a_part_hides_nothing_from_the_rest(scheme, ids, territories):
    local = {"level": "epci", "eligibilite_geographique": ["EPCI-242900314"], "variant_of": "pass"}
    finistere = reach_of(territories.get("departement", "29"), territories)

    assert ids([scheme("pass", **REGION), scheme("brest", **local)], reach=finistere) == ["pass", "brest"]


def test_a_local_version_stands_instead_of_its_model(scheme, ids):
    local = {"level": "epci", "eligibilite_geographique": ["EPCI-242900314"], "variant_of": "pass"}
    model = scheme("pass", **REGION)

    assert ids([model, scheme("brest", **local)]) == ["brest"]
    assert ids([model, scheme("brest", **local, status="ended")]) == ["pass", "brest"]
    assert ids([model, scheme("brest", **local)], reach=Reach(frozenset({"REG-53"}))) == ["pass"]


def test_a_version_of_which_less_is_known_hides_nothing(scheme, ids):
    local = {"level": "epci", "eligibilite_geographique": ["EPCI-242900314"], "variant_of": "pass"}
    model = scheme("pass", **REGION, status="open")

    assert ids([model, scheme("brest", **local, status="unknown", seen=None)]) == ["pass", "brest"]


def test_the_scheme_of_an_epci_over_two_departements_may_hold_in_both(scheme, found, territories):
    beaune_chagny = scheme("beaune", level="epci", eligibilite_geographique=["EPCI-200006682"])

    for code in ("21", "71"):
        (item,) = found([beaune_chagny], reach=reach_of(territories.get("departement", code), territories))
        assert item.doubts == ("part",)


def test_a_scheme_of_the_union_stops_at_its_borders(scheme, ids, territories):
    union = scheme("union", level="eu", eligibilite_geographique=["UE"])

    assert ids([union]) == ["union"]
    noumea = reach_of(territories.get("departement", "988"), territories)
    assert ids([union], reach=noumea) == []


def test_what_has_ended_never_hides_what_may_come_back(scheme, ids):
    ended = [scheme(f"ended-{number}", status="ended") for number in range(MOST)]

    assert ids([*ended, scheme("z-suspended", status="suspended")])[0] == "z-suspended"


def test_what_is_ruled_out_never_hides_what_fits(scheme, ids):
    out = [scheme(f"out-{number}", ciblage_naf=["01"]) for number in range(MOST)]

    assert ids([*out, scheme("z-fits", status="unknown")], sector="47")[0] == "z-fits"


def test_grants_and_loans_take_every_scheme_of_their_kind(scheme, ids):
    schemes = [
        scheme("site", needs=["website"]),
        scheme("credit", needs=["grants"], types_aides=["tax_credit"]),
        scheme("borrow", types_aides=["loan"]),
        scheme("stand-surety", types_aides=["guarantee", "grant"]),
        scheme("advice", types_aides=["advisory"]),
    ]

    assert sorted(ids(schemes, need="grants")) == ["credit", "site", "stand-surety"]
    assert sorted(ids(schemes, need="loans")) == ["borrow", "stand-surety"]


def test_what_is_aside_comes_after_and_what_is_ruled_out_after_that(scheme, ids):
    schemes = [
        scheme("narrow", narrow=True),
        scheme("rural", rural=True),
        scheme("too-small", eligibilite_effectif_minimal=10),
        scheme("fits", status="unknown"),
        scheme("ended", status="ended"),
    ]

    assert ids(schemes, headcount=3) == ["fits", "narrow", "rural", "too-small", "ended"]


def test_trade_abroad_is_not_aside_when_it_is_asked_for(scheme, ids):
    schemes = [scheme("abroad", needs=["export_prospecting", "website"]), scheme("narrow", narrow=True)]

    assert ids(schemes, need="export_prospecting") == ["abroad"]


def test_schemes_that_ask_for_ten_people_come_later_while_nobody_said_how_many_there_are(scheme, ids):
    larger = scheme("larger", eligibilite_effectif_minimal=10, seen="2026-11-20")
    any_size = scheme("any", seen="2026-11-01")
    category = scheme("category", eligibilite_categorie_taille_entreprise=["PME"], seen="2026-11-21")
    assert ids([larger, any_size, category]) == ["any", "category", "larger"]
    assert ids([larger, any_size], headcount=12) == ["larger", "any"]


def test_schemes_for_larger_firms_come_later(scheme, ids):
    schemes = [scheme("a", eligibilite_categorie_taille_entreprise=["PME"]), scheme("b")]

    assert ids(schemes, headcount=3) == ["b", "a"]


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("2026-11-22", "ended"),
        ("2026-11-23", "open"),
        ("2026-11", "open"),
        ("2026", "open"),
        ("2025", "ended"),
    ],
)
def test_past_its_last_day_a_scheme_has_ended(scheme, closing, expected):
    assert status_on(scheme(date_cloture=closing), TODAY) == expected


@pytest.mark.parametrize(
    ("partial", "expected"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2024-06-28", date(2024, 6, 28))],
)
def test_a_partial_date_ends_with_its_period(partial, expected):
    assert last_day(partial) == expected


def test_nobody_is_eligible_to_what_may_be_closed(scheme, found):
    limited = {"eligibilite_effectif_maximal": 7}
    schemes = [scheme("open", **limited), scheme("unknown", status="unknown", **limited)]

    assert {item.scheme.id: item.verdict.eligible for item in found(schemes, headcount=3)} == {
        "open": "yes",
        "unknown": "unknown",
    }


def test_a_scheme_for_trade_abroad_is_not_for_a_project_at_home(scheme, ids):
    abroad = scheme("abroad", needs=["export_prospecting", "website"])

    assert ids([abroad, scheme("home")]) == ["home"]
    assert ids([abroad, scheme("home")], need="grants") == ["home", "abroad"]


def test_the_older_the_information_the_later_an_opening_to_confirm(scheme, ids):
    regional = {"status": "unknown", **REGION}
    schemes = [
        scheme("old", status_as_of="2020-12-03", seen="2020-12-03", **regional),
        scheme("undated", **regional),
        scheme("recent", seen="2024", **regional),
        scheme("open-national"),
    ]

    assert ids(schemes) == ["open-national", "recent", "undated", "old"]


@pytest.mark.parametrize(
    ("seen", "status_as_of", "known", "age"),
    [
        (None, None, None, Age.UNDATED),
        ("2021-02", "2022-12", "2022-12", Age.OLD),
        ("2021", "2025", "2025", Age.RECENT),
        ("2020-05", "2020", "2020", Age.OLD),  # all of 2020 may be meant
        ("2023-11-23", None, "2023-11-23", Age.OLD),
        (None, "2023-11-24", "2023-11-24", Age.RECENT),
    ],
)
def test_the_last_information_is_the_most_recent_of_the_two_days(scheme, seen, status_as_of, known, age):
    given = scheme(seen=seen, status_as_of=status_as_of)

    assert (last_known(given), age_on(given, TODAY)) == (known, age)


def test_an_old_date_does_not_push_back_what_is_permanent(scheme, ids):
    assert ids([scheme("permanent", seen="2019"), scheme("z", **REGION, status="unknown")])[0] == "permanent"


def test_a_plain_grant_means_digital_schemes_before_single_subjects(scheme, ids):
    schemes = [
        scheme("ai", needs=["business_software", "diagnosis"]),
        scheme("security", needs=["cybersecurity"], status="unknown"),
        scheme("site", needs=["website"], status="unknown", **REGION),
        scheme("any", needs=["grants"], status="unknown"),
    ]

    assert ids(schemes, need="grants") == ["site", "any", "ai", "security"]
    assert ids(schemes, need="diagnosis") == ["ai"]


def test_a_loan_that_pays_a_part_comes_after_those_that_can_pay_all(scheme, ids):
    loan = {"needs": ["loans"], "types_aides": ["loan"]}
    schemes = [
        scheme("small", amounts={"amount_max": 50_000}, **loan),
        scheme("large", amounts={"amount_max": 5_000_000}, status="unknown", **loan),
    ]

    assert ids(schemes, need="loans", amount=150_000) == ["large", "small"]
    assert ids(schemes, need="loans", amount=50_000) == ["small", "large"]


def test_a_national_scheme_is_in_doubt_in_an_overseas_collectivity_only(scheme):
    noumea = Reach(frozenset({"PAYS-99100", "REG-988", "DEP-988", "COM-98818"}))
    local = scheme(eligibilite_geographique=["DEP-988"])

    assert doubts(scheme(), Need.WEBSITE, noumea) == ("territory",)
    assert doubts(local, Need.WEBSITE, noumea) == ()
    assert doubts(scheme(), Need.WEBSITE, BREST) == ()
    assert doubts(scheme(), Need.WEBSITE, Reach(frozenset({"PAYS-99100", "REG-04", "DEP-974"}))) == ()


@pytest.mark.parametrize("field", ["rural", "status"])
def test_a_doubt_is_never_a_yes(scheme, found, field):
    value = {"rural": True, "status": "unknown"}[field]
    given = scheme(eligibilite_effectif_maximal=7, **{field: value})
    (item,) = found([given], headcount=3)

    assert item.verdict.eligible == "unknown"


def test_a_number_that_no_firm_has_is_no_error(scheme, ids):
    assert ids([scheme("limited", eligibilite_effectif_maximal=9)], headcount=10**12, amount=10**15)
