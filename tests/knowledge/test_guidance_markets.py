"""Which guidance holds for the countries in question, and for firms overseas."""

from datetime import date

import pytest

from knowledge.codes import Need
from knowledge.facts import Firm
from knowledge.guidance.markets import ANYWHERE, market_of
from knowledge.schema import Rule
from knowledge.schema.guidance_codes import Home

TODAY = date(2026, 11, 23)
UNION = frozenset({"BE", "DK"})


def rule(**fields) -> Rule:
    return Rule(id="rule", topic="Une règle", text="Elle dit tout.", confidence="memory", **fields)


@pytest.mark.parametrize(
    ("fields", "codes", "admitted"),
    [
        ({}, ["CH"], True),
        ({"countries": ["EU"]}, ["BE"], True),
        ({"countries": ["EU"]}, ["CH"], False),
        ({"countries": ["EU"]}, ["CH", "BE"], True),
        ({"countries": ["EU"]}, [], True),
        ({"countries": ["EU"]}, ["EU"], True),
        ({"countries": ["EU"]}, ["outside"], False),
        ({"countries": ["EU", "CH"]}, ["CH"], True),
        ({"countries": ["EU"], "not_countries": ["DK"]}, ["DK"], False),
        ({"countries": ["EU"], "not_countries": ["DK"]}, ["DK", "BE"], True),
        ({"countries": ["outside"]}, ["BE"], False),
        ({"countries": ["outside"]}, ["CH"], True),
        ({"countries": ["FR"]}, ["EU", "outside"], False),
        ({"countries": ["EU", "outside"]}, ["overseas_trade"], False),
    ],
)
def test_a_record_holds_for_its_countries(fields, codes, admitted):
    assert market_of(codes, UNION).admits(rule(**fields)) is admitted


def test_a_record_may_not_hold_for_firms_overseas():
    given = rule(countries=["EU"], not_from=["overseas"])
    assert market_of(["BE"], UNION, Home.OUTERMOST).admits(given)
    assert not market_of(["BE"], UNION, Home.OVERSEAS).admits(given)
    assert ANYWHERE.admits(given)


@pytest.mark.parametrize(
    ("need", "country", "place", "told", "untold"),
    [
        ("unpaid_abroad", "DE", None, {"european-payment-order"}, {"payment-order-national"}),
        ("unpaid_abroad", "DK", None, {"late-payment-indemnity"}, {"european-payment-order"}),
        (
            "unpaid_abroad",
            "US",
            None,
            {"retention-of-title"},
            {"european-payment-order", "european-small-claims"},
        ),
        ("unpaid_abroad", "DE", ("departement", "974"), {"european-payment-order"}, set()),
        ("unpaid_abroad", "DE", ("departement", "987"), set(), {"european-payment-order"}),
        ("customs_vat", "DE", None, {"oss-threshold", "vat-recap-statement"}, {"eori", "ioss-threshold"}),
        ("customs_vat", "CH", None, {"eori"}, {"oss-threshold", "vat-recap-statement"}),
        ("customs_vat", "NO", None, {"eori"}, {"oss-threshold"}),
        ("customs_vat", "GB", None, {"eori"}, {"oss-threshold"}),
        ("customs_vat", "MC", None, {"incoterms-2020"}, {"eori", "oss-threshold"}),
        ("customs_vat", "DE", ("departement", "974"), {"incoterms-2020"}, {"oss-threshold"}),
        ("customs_vat", "US", ("departement", "988"), {"incoterms-2020"}, {"eori"}),
        ("customs_vat", "overseas_trade", None, set(), {"oss-threshold", "eori"}),
        ("setup_abroad", "BE", None, {"posting-a1", "posting-host-rules"}, {"posting-sipsi"}),
        ("setup_abroad", "CH", None, {"posting-a1"}, {"posting-host-rules"}),
        ("setup_abroad", "GB", None, {"posting-a1"}, {"posting-host-rules"}),
        ("setup_abroad", "MA", None, set(), {"posting-a1", "posting-host-rules", "posting-sipsi"}),
        ("contracts_abroad", "US", None, {"terms-b2b"}, {"pre-contract-information"}),
    ],
)
def test_the_shipped_rules_are_those_of_the_country(base, territories, need, country, place, told, untold):
    market = base.market([country], territories.get(*place) if place else None)
    found = {each.id for each in base.guidance.obligations(Need(need), Firm(), TODAY, market=market)}
    assert told <= found
    assert not untold & found


def test_a_rule_for_those_who_name_it_is_told_to_nobody_else(base):
    asked = base.guidance.obligations(
        Need.SETUP_ABROAD, Firm(), TODAY, text="un travailleur détaché en France"
    )
    assert "posting-sipsi" in {each.id for each in asked}
