"""What an owner is told to do, and when: the shipped rules, and how each is said."""

from datetime import date

import pytest

from knowledge.codes import Need
from knowledge.facts import Firm

TODAY = date(2026, 11, 23)


def test_a_very_small_firm_is_told_both_dates_first(guidance):
    receive, issue, *_ = guidance.obligations(Need.E_INVOICING, Firm(headcount=3), TODAY)

    assert (receive.id, receive.state, receive.from_date) == ("e-invoicing-receive", "now", "2026-09-01")
    assert receive.text.startswith("Depuis le 1er septembre 2026, si ")
    assert "vous devez recevoir vos factures" in receive.text
    assert (issue.id, issue.state, issue.from_date) == ("e-invoicing-issue", "later", "2027-09-01")
    assert issue.text.startswith("À partir du 1er septembre 2027, vous devrez ")
    assert issue.status == "to_check"
    assert "ETI" in issue.details


@pytest.mark.parametrize(
    ("headcount", "today", "state"),
    [
        (3, date(2027, 8, 31), "later"),
        (3, date(2027, 9, 1), "now"),
        (249, TODAY, "later"),
        (250, TODAY, "now"),
        (250, date(2026, 8, 31), "later"),
        (None, TODAY, "depends"),
    ],
)
def test_the_day_and_the_size_decide_when_to_issue(guidance, headcount, today, state):
    found = guidance.obligations(Need.E_INVOICING, Firm(headcount=headcount), today)

    assert [rule.state for rule in found if rule.id == "e-invoicing-issue"] == [state]


@pytest.mark.parametrize(
    ("firm", "expected"),
    [
        (Firm(headcount=9, turnover=2_000_000), {"accessibility-micro-exempt"}),
        (Firm(headcount=10), {"accessibility-ecommerce"}),
        (Firm(headcount=9), {"accessibility-ecommerce", "accessibility-micro-exempt"}),
    ],
)
def test_a_shop_of_fewer_than_ten_may_be_exempt_from_accessibility(guidance, firm, expected):
    found = guidance.obligations(Need.ONLINE_STORE, firm, TODAY)

    assert {rule.id for rule in found if rule.id.startswith("accessibility")} == expected


def test_what_decides_is_asked_with_the_whole_rule(guidance):
    found = guidance.obligations(Need.ONLINE_STORE, Firm(headcount=9), TODAY, text="accessibilité, handicap")

    assert [(rule.state, rule.missing, rule.text == rule.details) for rule in found[:2]] == [
        ("depends", ("turnover",), True)
    ] * 2


def test_a_text_not_in_force_comes_after_what_holds(guidance):
    found = guidance.obligations(Need.CYBERSECURITY, Firm(headcount=60), TODAY)

    assert found[-1].id == "nis2"
    assert found[-1].state == "pending"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"what": "agir"}, "Vous devez agir."),
        ({"what": "agir", "effect": "right"}, "Vous pouvez agir."),
        ({"what": "agir", "effect": "exemption"}, "Vous n’avez pas à agir."),
        ({"what": "agir", "condition": "vous exportez"}, "Si vous exportez, vous devez agir."),
        ({"what": "agir", "condition": "il pleut"}, "S’il pleut, vous devez agir."),
        ({"what": "agir", "until_date": "2028-07-01"}, "Vous devez agir, jusqu’au 1er juillet 2028."),
        (
            {"what": "agir", "from_date": "2027-01-02", "effect": "right"},
            "À partir du 2 janvier 2027, vous pourrez agir.",
        ),
    ],
)
def test_what_applies_is_said_in_one_sentence(told, part, text):
    rule = {"id": "rule", "needs": ["payroll"], "topic": "Règle", "text": "Elle dit tout.", "applies": [part]}
    (found,) = told("rules", rule).obligations(Need.PAYROLL, Firm(), TODAY)

    assert found.text == text


def test_the_same_duty_is_said_once(told):
    parts = [{"what": "agir", "headcount_min": 1}, {"what": "agir", "headcount_min": 2}]
    rule = {"id": "rule", "needs": ["payroll"], "topic": "Règle", "text": "Tout.", "applies": parts}

    assert len(told("rules", rule).obligations(Need.PAYROLL, Firm(headcount=2), TODAY)) == 1
