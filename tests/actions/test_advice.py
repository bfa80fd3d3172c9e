"""The rules of advice, as data: they name what exists, and weigh as an advisor would check by hand."""

from itertools import product

import pytest

from actions.advice import Weight, band, next_need, ranked_needs, scores
from actions.comparing import BOTH, choose
from tests.actions.shipped import shipped_services

ADVICE = shipped_services().wording.advice
FORMS = shipped_services().wording.forms
GUIDANCE = shipped_services().knowledge.guidance
COMPARISONS = ADVICE.comparisons.items()


def codes(form, key):
    return {choice.code for choice in FORMS[form].questions[key].choices}


def best(record, **answers):
    rule = ADVICE.comparisons[record]
    return choose(
        rule, GUIDANCE.comparison_of(record), scores(rule.weights, answers, list(rule.ways)), answers
    )


@pytest.mark.parametrize(("record", "rule"), COMPARISONS)
def test_a_rule_weighs_answers_and_ways_that_exist(record, rule):
    sides = {side.code for side in GUIDANCE.comparison_of(record).sides}
    for key, by_answer in rule.weights.items():
        assert set(by_answer) <= codes("compare_sales_channels", key)
        assert {weight.to for weights in by_answer.values() for weight in weights} <= set(rule.ways)
    for code, way in rule.ways.items():
        assert code in sides or (way.label and way.fits and way.column in sides)
        assert way.record is None or GUIDANCE.comparison_of(way.record)


@pytest.mark.parametrize(("record", "rule"), COMPARISONS)
def test_a_rule_asks_few_questions_and_each_counts(record, rule):
    assert len(rule.asks) <= 4
    for key in rule.asks:
        assert len(FORMS["compare_sales_channels"].questions[key].choices) <= 4
        assert rule.weights[key]
    for facts in (*rule.trades.items(), *rule.needs.items()):
        key, answers = facts
        given = set(answers.values()) if key in rule.trades else set(answers)
        assert given <= codes("compare_sales_channels", key)
    for key, bands in rule.bands.items():
        assert set(bands) == codes("compare_sales_channels", key)


@pytest.mark.parametrize(("record", "rule"), COMPARISONS)
def test_the_prices_and_lines_of_a_rule_are_in_the_knowledge_base(record, rule):
    sides = GUIDANCE.comparison_of(record)
    criteria = {criterion.replace("\u2019", "'") for criterion, _ in sides.rows}
    assert {line for lines in rule.budget.values() for line in lines} <= criteria
    for way in rule.ways.values():
        for need, wanted in way.costs.items():
            known = {fact.id for fact in (*GUIDANCE.costs(need), *sides.facts)}
            assert set(wanted) <= known


def test_every_comparison_named_is_in_the_knowledge_base():
    needs = set(shipped_services().wording.needs)
    for each in ADVICE.named:
        assert GUIDANCE.comparison_of(each.record)
        assert {each.need, *each.at_hand} <= needs
    assert {record for record, _ in COMPARISONS} <= {each.record for each in ADVICE.named}


@pytest.mark.parametrize(
    ("answers", "to", "need"),
    [
        # marketplace 1 + 3, own_site 2
        ({"product": "unique", "customers": "none"}, "marketplace", "marketplace"),
        # marketplace 3, own_site 2
        ({"product": "common", "margin": "no"}, "marketplace", "marketplace"),
        # own_site 2 + 2, marketplace 1
        ({"product": "unique", "margin": "no"}, "own_site", "online_store"),
        # click_and_collect 3 + 3
        ({"product": "fresh", "customers": "nearby"}, "click_and_collect", "online_store"),
        # own_site 2 + 1 + 2, marketplace 1 + 1 + 1 + 2: the same
        ({"product": "unique", "margin": "yes", "customers": "away", "time": "little"}, BOTH, "marketplace"),
        # own_site 2 + 2; the known budget adds 1 to the marketplace's 1
        ({"product": "booking", "margin": "no", "budget": "small"}, "own_site", "online_store"),
    ],
)
def test_where_to_sell(answers, to, need):
    choice = best("marketplace-or-own-site", **answers)
    assert (choice.to, choice.need) == (to, need)


@pytest.mark.parametrize(
    ("answers", "to", "need"),
    [
        ({"scope": "simple", "time": "able", "budget": "small"}, "diy", "website"),  # 2 + 3 + 3
        ({"scope": "shop", "time": "little", "budget": "medium"}, "freelance", "online_store"),  # 2 + 1 + 3
        ({"scope": "large", "time": "little", "budget": "large"}, "agency", "website"),  # 3 + 2 + 2
        ({"scope": "large", "budget": "small"}, "diy", "website"),  # 3 and 3: the one that commits least
    ],
)
def test_who_makes_the_site(answers, to, need):
    choice = best("agency-freelance-diy", **answers)
    assert (choice.to, choice.need) == (to, need)


@pytest.mark.parametrize(("record", "rule"), COMPARISONS)
def test_whatever_is_answered_the_advice_has_reasons_and_another_way(record, rule):
    choices = [sorted(codes("compare_sales_channels", key)) for key in rule.asks]
    found = set()
    for answers in product(*choices):
        choice = best(record, **dict(zip(rule.asks, answers, strict=True)))
        assert choice.reasons
        assert choice.other.to != choice.to
        found.add(choice.to)
    assert found - {BOTH} == set(rule.ways)


def test_the_same_points_keep_the_order_and_reasons_are_said_once():
    weights = {
        "a": {"1": [Weight(to="x", points=1, reason="Un."), Weight(to="y", points=2, reason="Deux.")]},
        "b": {"1": [Weight(to="x", points=1, reason="Un.")]},
    }
    found = scores(weights, {"a": "1", "b": "1", "c": None}, ["x", "y", "z"])
    assert [(each.to, each.points, each.reasons) for each in found] == [
        ("x", 2, ("Un.",)),
        ("y", 2, ("Deux.",)),
    ]


@pytest.mark.parametrize(
    ("amount", "name"),
    [(0, "small"), (999, "small"), (1000, "medium"), (5000, "medium"), (5001, "large"), (10**9, "large")],
)
def test_a_band_ends_where_the_next_begins(amount, name):
    assert band({"small": 1000, "medium": 5001, "large": 10**8}, amount) == name


def test_the_diagnosis_knows_every_answer_and_every_need():
    rule, questions = ADVICE.diagnosis, FORMS["diagnosis"].questions
    assert len(questions) == 8
    assert list(questions) == list(rule.themes) == list(rule.stands)
    for key in questions:
        assert set(rule.stands[key]) == codes("diagnosis", key)
        assert set(rule.weights[key]) <= codes("diagnosis", key)
        # What is in place asks for nothing.
        assert not any(stand.fine and rule.weights[key].get(code) for code, stand in rule.stands[key].items())
    weighed = {
        weight.to for by_answer in rule.weights.values() for each in by_answer.values() for weight in each
    }
    assert weighed == set(rule.order) <= set(shipped_services().wording.needs)


def test_the_worst_comes_first_and_three_at_most():
    answers = {"sell": "wish", "visible": "no", "invoices": "sheets", "security": "no", "money": "grant"}
    ranked = ranked_needs(ADVICE.diagnosis, answers)
    # 4, then 3 and 3 in the order of the file
    assert [(each.to, each.points) for each in ranked] == [
        ("cybersecurity", 4),
        ("e_invoicing", 3),
        ("website", 3),
    ]


def test_the_next_need_follows_in_the_result():
    answers = {"security": "no", "invoices": "sheets"}
    assert next_need(ADVICE.diagnosis, answers, ["cybersecurity"]) == "e_invoicing"
    assert next_need(ADVICE.diagnosis, answers, ["e_invoicing"]) is None
    assert next_need(ADVICE.diagnosis, answers, ["loans"]) is None
    assert next_need(ADVICE.diagnosis, {}, ["cybersecurity"]) is None
