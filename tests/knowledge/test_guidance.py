"""What the guidance answers: the shipped records, and the rules of telling them."""

from datetime import date

import pytest

from knowledge.codes import Need
from knowledge.facts import Firm
from knowledge.guidance import Guidance
from knowledge.schema import SECTIONS
from knowledge.schema.guidance_codes import Act
from knowledge.sentences import read_sentences

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def guidance(content):
    return Guidance(content.guidance, read_sentences("guidance"))


@pytest.fixture
def told():
    """Make a guidance of the records that matter to a test, each without its source."""

    def make(section: str, *records: dict) -> Guidance:
        given = [SECTIONS[section](**{"confidence": "memory", **record}) for record in records]
        sections = {name: {} for name in SECTIONS} | {section: {record.id: record for record in given}}
        return Guidance(sections, read_sentences("guidance"))

    return make


def cost(key: str, **fields) -> dict:
    given = {
        "id": key,
        "needs": ["website"],
        "label": f"Chose {key * 9}",
        "unit": "one_off",
        "tax": "none",
        "text": f"{key}.",
    }
    return {**given, **fields}


def ids(facts) -> list[str]:
    return [fact.id for fact in facts]


# E-invoicing for a firm of three: it receives already, it issues from 1 September 2027.


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


# Costs


def test_costs_come_by_words_then_first_ones_then_importance(told):
    guidance = told(
        "costs",
        cost("d", needs=["online_store", "website"]),
        cost("c"),
        cost("b", first=True),
        cost("a", words=["agence"]),
    )

    assert ids(guidance.costs(Need.WEBSITE, "le prix d'une agence")) == ["a", "b", "c", "d"]
    assert ids(guidance.costs(Need.ONLINE_STORE)) == ["d"]
    assert ids(guidance.costs(text="une agence")) == ["a"]
    assert guidance.costs() == []


def test_an_old_price_is_not_shown(guidance, content):
    old = {key for key, kept in content.guidance["costs"].items() if kept.outdated}
    shown = {fact.id for need in Need for fact in guidance.costs(need)}

    assert "shopify-card-fee" in old
    assert len(old) == 8
    assert not shown & old


def test_costs_of_an_act_stand_beside_those_of_needs(guidance):
    assert ids(guidance.costs(act=Act.PAYMENT_WORRIES)) == ["payment-order-court-fee"]


@pytest.mark.parametrize(
    ("fields", "as_of", "status"),
    [
        ({"confidence": "official", "source_url": "https://a.fr", "seen": "2025"}, "2025", "verified"),
        (
            {"confidence": "secondary", "source_url": "https://a.fr", "seen": "2025", "price_date": "2016"},
            "2016",
            "to_check",
        ),
        ({}, None, "to_check"),
    ],
)  # fmt: skip
def test_a_fact_says_how_sure_it_is_and_of_when(told, fields, as_of, status):
    (fact,) = told("costs", cost("a", **fields)).costs(Need.WEBSITE)

    assert fact.to_dict() == {
        "id": "a",
        "text": "a.",
        "source_url": fields.get("source_url"),
        "as_of": as_of,
        "status": status,
    }


# Comparisons, payment, definitions, other needs, figures


def test_a_comparison_brings_the_costs_behind_it(guidance):
    found = guidance.comparison(text="agence ou freelance ?")

    assert [side.code for side in found.sides] == ["diy", "freelance", "agency"]
    assert all(len(answers) == 3 for _, answers in found.rows)
    assert ids(found.facts) == [
        "agency-freelance-diy", "site-diy-subscription", "site-freelance", "site-agency", "site-maintenance",
    ]  # fmt: skip


def test_a_comparison_leaves_old_prices_out(guidance):
    found = guidance.comparison(Need.MARKETPLACE)

    assert found.question == "Vendre sur une place de marché ou sur son propre site\u202f?"
    assert "cdiscount-commission" not in ids(found.facts)
    assert found.both


def test_there_is_not_always_a_comparison(guidance):
    assert guidance.comparison(Need.PAYROLL) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mon client allemand ne me paie pas", "unpaid-in-eu"),
        ("un client conteste son paiement, chargeback", "chargeback"),
        ("j'ai reçu un faux RIB", "transfer-and-payee-check"),
    ],
)
def test_a_worry_is_answered_by_its_words(guidance, text, first):
    found = guidance.payment(text)

    assert found[0].fact.id == first
    assert len(found) == len(guidance.payment())


def test_an_answer_brings_the_rules_it_rests_on(guidance):
    (found,) = [advice for advice in guidance.payment() if advice.fact.id == "unpaid-in-eu"]

    assert ids(found.more) == ["european-payment-order", "european-small-claims"]


def test_a_definition_is_given_or_none(guidance):
    assert guidance.definition("c'est quoi le FEDER ?").text.startswith("FEDER\u00a0: ")
    assert guidance.definition("quel temps fait-il") is None


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("mon bail commercial", ["commercial-lease"]),
        ("je n'en peux plus, mon bail commercial m'épuise", ["owner-distress"]),
        ("une question sur la pluie", ["default-public-adviser"]),
    ],
)
def test_other_needs_are_sent_on_and_distress_stands_alone(guidance, text, topics):
    assert [found.fact.id for found in guidance.referrals(text)] == topics


def test_a_number_is_written_as_france_writes_it(told):
    body = {"name": "Urssaf", "phone": "0806804213"}
    record = {"id": "a", "topic": "Paie", "words": ["paie"], "text": "Appelez.", "bodies": [body]}
    guidance = told("referrals", {**record, "confidence": "secondary", "source_url": "https://a.fr"})

    assert guidance.referrals("la paie")[0].bodies[0].phone == "0 806 80 42 13"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {
                "indicator": "vendent en ligne",
                "value": 8.5,
                "unit": "%",
                "remark": "Deux fois plus qu'avant.",
            },
            "TPE de France\u00a0: 8,5\u00a0% vendent en ligne en 2025. Deux fois plus qu’avant.",
        ),
        (
            {"indicator": "retard moyen", "value": 1200, "unit": "jours"},
            "Retard moyen\u00a0: 1\u202f200 jours en 2025 (TPE de France).",
        ),
    ],
)
def test_a_figure_is_said_in_a_sentence(told, fields, text):
    record = {"id": "a", "year": 2025, "topic": "Enquête", "population": "TPE de France", **fields}
    (fact,) = told("statistics", record).statistics()

    assert fact.text == text


def test_figures_come_newest_first(guidance, content):
    years = [content.guidance["statistics"][key].year for key in ids(guidance.statistics(Need.ONLINE_STORE))]

    assert years == sorted(years, reverse=True)
    assert len(set(years)) > 1


# The shipped records


def test_every_section_is_shipped_whole(content):
    assert {section: len(records) for section, records in content.guidance.items()} == {
        "costs": 69,
        "comparisons": 7,
        "rules": 77,
        "payment": 19,
        "glossary": 99,
        "statistics": 56,
        "referrals": 41,
    }


def test_one_record_is_the_fallback(content):
    fallbacks = [key for key, kept in content.guidance["referrals"].items() if kept.fallback]

    assert fallbacks == ["default-public-adviser"]


def test_needs_without_cost_or_rule_are_known(guidance):
    silent = {
        need.value
        for need in Need
        if not guidance.costs(need) and not guidance.obligations(need, Firm(), TODAY)
    }

    assert silent == {"export_prospecting", "grants", "loans", "training"}
