import pytest

from knowledge.codes import Need, Trade
from knowledge.coverage import Reach, reach_of
from knowledge.facts import Firm
from knowledge.matching import MOST, Question, find

BREST = Reach(frozenset({"PAYS-99100", "REG-53", "DEP-29", "EPCI-242900314", "COM-29019"}))


@pytest.fixture
def ask(served):
    """Return the ids of the bodies for a question, in order."""

    def ids(advisors, need="website", reach=BREST, trade=None, union=(), **firm):
        question = Question(need and Need(need), reach, Firm(**firm), trade, frozenset(union))
        with served(advisors).connect() as connection:
            return [found.id for found in find(connection, question).first()]

    return ids


def test_only_bodies_that_name_the_need_and_cover_the_place_are_shown(advisor, ask):
    bodies = [
        advisor("here", level="departement", territory="29"),
        advisor("other-need", needs=["payroll"]),
        advisor("elsewhere", level="departement", territory="35"),
        advisor("unchecked", shown="never"),
    ]

    assert ask(bodies) == ["here"]


def test_departement_then_region_then_country(advisor, ask):
    bodies = [
        advisor("a", kind="bar"),
        advisor("b", kind="cyber", level="region", territory="53"),
        advisor("c", level="departement", territory="29"),
    ]

    assert ask(bodies) == ["c", "b", "a"]


def test_a_region_and_a_departement_with_the_same_code_are_not_confused(advisor, ask):
    mayenne = advisor("mayenne", level="departement", territory="53")

    assert ask([mayenne], reach=Reach(frozenset({"PAYS-99100", "REG-53"}))) == []


def test_without_a_place_only_national_bodies_are_known_to_fit(advisor, ask):
    bodies = [advisor("national"), advisor("local", level="departement", territory="29")]

    assert ask(bodies, reach=Reach(frozenset({"PAYS-99100"}))) == ["national"]


def test_a_natural_first_stop_comes_before_nearer_bodies(advisor, ask):
    bodies = [
        advisor("near", level="departement", territory="29"),
        advisor("first", kind="bar", first_for=["website"]),
    ]

    assert ask(bodies) == ["first", "near"]


def test_the_nearest_branch_comes_first_and_its_neighbours_after_the_others(advisor, ask):
    branch = {"kind": "cci", "level": "departement", "territory": "29"}
    bodies = [
        advisor("quimper", seat="COM-29232", **branch),
        advisor("brest", seat="COM-29019", **branch),
        advisor("national"),
    ]
    assert ask(bodies) == ["brest", "national", "quimper"]


def test_the_branch_of_the_largest_city_stands_for_a_departement(advisor, ask):
    branch = {"kind": "cci", "level": "departement", "territory": "29"}
    bodies = [advisor("a", seat="COM-29232", **branch), advisor("b", seat="COM-29019", **branch)]
    assert ask(bodies, reach=Reach(frozenset({"PAYS-99100", "DEP-29"}))) == ["b", "a"]


def test_the_head_of_a_network_comes_late_where_it_has_a_branch(advisor, ask):
    head = advisor("head", kind="cci", network_head=True, first_for=["website"])
    branch = advisor("branch", kind="cci", level="departement", territory="29")

    assert ask([head, branch, advisor("other")]) == ["branch", "other", "head"]
    assert ask([head, advisor("other")]) == ["head", "other"]


def test_three_of_the_same_kind_are_not_shown_when_another_fits(advisor, ask):
    bodies = [advisor(key, kind="cyber", first_for=["website"]) for key in "abc"] + [advisor("z", kind="bar")]

    assert ask(bodies) == ["a", "b", "z", "c"]


def test_a_kind_already_chosen_comes_later_among_equals(advisor, ask):
    assert ask([advisor("a"), advisor("b"), advisor("z", kind="bar")]) == ["a", "z", "b"]


@pytest.mark.parametrize(("trade", "first"), [(Trade.CRAFT, "cma"), (Trade.COMMERCE, "cci")])
def test_the_chamber_of_the_trade_comes_first_and_both_stay(advisor, ask, trade, first):
    bodies = [
        advisor("cci", kind="cci", trade="commerce", level="departement", territory="29"),
        advisor("cma", kind="cma", trade="craft", level="departement", territory="29"),
    ]

    assert ask(bodies, trade=trade)[0] == first
    assert sorted(ask(bodies, trade=trade)) == ["cci", "cma"]


def test_a_body_of_other_sectors_or_sizes_comes_last(advisor, ask):
    bodies = [
        advisor("builders", audience_naf=["41", "42", "43"]),
        advisor("employers", kind="bar", headcount_min=1),
        advisor("zz", kind="notary"),
    ]

    assert ask(bodies, sector="47", headcount=0) == ["zz", "builders", "employers"]


def test_a_body_of_the_sector_is_a_first_stop_only_once_the_sector_is_known(advisor, ask):
    bodies = [
        advisor("builders", audience_naf=["43"], first_for=["website"], seen="2019"),
        advisor("all", seen="2024"),
    ]

    assert ask(bodies) == ["all", "builders"]
    assert ask(bodies, sector="43") == ["builders", "all"]


def test_verified_then_read_then_remembered_then_freshest_then_id(advisor, ask):
    official = {"confidence": "official", "source_url": "https://a.fr"}
    bodies = [
        advisor("f", confidence="memory", kind="bar"),
        advisor("e", seen="2024-06", kind="notary"),
        advisor("d", seen="2024-07", kind="cyber"),
        advisor("c", kind="region", **official),
        advisor("b", seen="2024-06", kind="training"),
    ]

    assert ask(bodies) == ["c", "d", "b", "e", "f"]


def test_a_body_that_names_the_country_comes_first(advisor, ask):
    need = {"needs": ["contracts_abroad"]}
    bodies = [
        advisor("near", level="departement", territory="29", **need),
        advisor("union", kind="bar", countries=["EU"], **need),
        advisor("germany", kind="notary", countries=["DE"], **need),
        advisor("world", kind="cyber", countries=["*"], **need),
    ]

    asked = {"need": "contracts_abroad", "union": ["DE"]}
    assert ask(bodies, country="DE", **asked) == ["germany", "near", "union", "world"]
    assert ask(bodies, country="US", **asked) == ["near", "world"]
    assert ask(bodies, **asked) == ["near", "germany", "union", "world"]


def test_a_country_changes_nothing_for_a_need_at_home(advisor, ask):
    assert ask([advisor("germany", countries=["DE"])], country="US") == ["germany"]


def test_a_general_question_gets_the_bodies_that_receive_anybody(advisor, ask):
    bodies = [advisor("general", general=True, needs=["payroll"]), advisor("special")]

    assert ask(bodies, need=None) == ["general"]


def test_the_order_does_not_depend_on_the_order_given(advisor, ask):
    kinds = {"a": "cci", "b": "cma", "c": "bar", "d": "cci", "e": "cma", "f": "bar"}
    bodies = [advisor(key, kind=kind) for key, kind in kinds.items()]

    assert ask(bodies) == ask(list(reversed(bodies)))


def test_a_profession_is_sent_to_craftsmen_last(advisor, ask):
    bodies = [
        advisor("cma", kind="cma", trade="craft", level="departement", territory="29"),
        advisor("national"),
    ]

    assert ask(bodies) == ["cma", "national"]
    assert ask(bodies, trade=Trade.LIBERAL) == ["national", "cma"]


def test_a_body_that_nobody_can_reach_is_no_contact(advisor, ask):
    assert ask([advisor("silent", url=None), advisor("heard")]) == ["heard"]


def test_an_area_is_not_the_territory(advisor, ask):
    arles = advisor("arles", level="departement", territory="13", area=["COM-13004", "EPCI-241300417"])
    whole = advisor("whole", level="departement", territory="13")
    around = {"DEP-13", "REG-93", "PAYS-99100", "UE"}

    def at(*zones):
        return ask([arles, whole], reach=Reach(frozenset({*around, *zones})))

    assert sorted(at("COM-13004")) == ["arles", "whole"]
    assert sorted(at("EPCI-241300417", "COM-13096")) == ["arles", "whole"]
    assert at("COM-13055") == ["whole"]


def test_a_body_of_a_part_of_a_departement_is_shown_for_the_departement(advisor, ask, territories):
    arles = advisor("arles", level="departement", territory="13", area=["COM-13004"])

    assert ask([arles], reach=reach_of(territories.get("departement", "13"), territories)) == ["arles"]
    assert ask([arles], reach=reach_of(territories.get("commune", "13055"), territories)) == []
    assert ask([arles], reach=reach_of(territories.get("region", "93"), territories)) == []


def test_an_exclusion_wins_over_the_area(advisor, ask):
    bodies = [advisor("coast", level="region", territory="53", area_exclusions=["DEP-29", "COM-35238"])]

    assert ask(bodies) == []
    assert ask(bodies, reach=Reach(frozenset({"REG-53", "DEP-35", "COM-35288"}))) == ["coast"]
    assert ask(bodies, reach=Reach(frozenset({"REG-53", "DEP-35", "COM-35238"}))) == []


def test_the_nearer_level_comes_first(advisor, ask):
    bodies = [
        advisor("region", level="region", territory="53"),
        advisor("commune", kind="bar", level="commune", territory="29019"),
        advisor("epci", kind="cyber", level="epci", territory="242900314"),
        advisor("departement", kind="notary", level="departement", territory="29"),
    ]

    assert ask(bodies) == ["commune", "epci", "departement", "region"]


def test_who_speaks_the_language_of_the_country_comes_first_among_equals(advisor, ask):
    need = {"needs": ["contracts_abroad"], "countries": ["*"]}
    bodies = [advisor("a", **need), advisor("z", kind="bar", languages=["en", "de"], **need)]

    assert ask(bodies, need="contracts_abroad", country="AT") == ["z", "a"]
    assert ask(bodies, need="contracts_abroad", country="ES") == ["a", "z"]


def test_nobody_reads_further_than_the_bound(advisor, ask):
    assert len(ask([advisor(f"body-{number:03}") for number in range(MOST + 5)])) == MOST
