"""What the guidance answers: the shipped records, and the rules of telling them."""

from datetime import date

import pytest

from knowledge.codes import Need
from knowledge.facts import Firm
from knowledge.schema.guidance_codes import Act

TODAY = date(2026, 11, 23)


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


def test_the_figures_of_a_cost_can_be_worked_with(guidance):
    price = guidance.price("shared-cdo-day-rate")
    assert price.low < price.high
    assert price.fact.id == "shared-cdo-day-rate"
    assert guidance.price("nothing-of-this-name") is None


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
        ("un impayé en Europe", "unpaid-in-eu"),
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


def test_every_section_is_shipped_whole(content):
    assert {section: len(records) for section, records in content.guidance.items()} == {
        "costs": 69,
        "comparisons": 7,
        "rules": 77,
        "payment": 20,
        "glossary": 103,
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


def test_a_comparison_is_found_by_its_id(guidance):
    assert guidance.comparison_of("seo-or-ads").facts[0].id == "seo-or-ads"
    assert guidance.comparison_of("nothing") is None
