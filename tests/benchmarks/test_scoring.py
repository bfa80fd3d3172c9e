import pytest

from benchmarks.scoring import by_label_f1, calibration_error, entity_f1, figures


def row(text, intent, needs=(), entities=()):
    return {"text": text, "intent": intent, "needs": list(needs), "entities": list(entities)}


def parse(intent, confidence=0.9, needs=(), entities=()):
    found = [{"entity": "need", "value": need} for need in needs] + list(entities)
    return {"intent": {"name": intent, "confidence": confidence}, "entities": found}


def test_shares_count_their_own_messages_only():
    rows = [
        row("a", "need_website", ["website"]),
        row("b", "need_loans", ["loans"]),
        row("c", "need_website", ["website", "loans"]),
        row("d", "greet"),
    ]
    parses = [
        parse("need_website", needs=["website", "loans"]),
        parse("need_grants", needs=["grants"]),
        parse("need_loans", needs=["loans", "website"]),
        parse("greet"),
    ]
    found = figures(rows, parses)
    assert (found["single"], found["false_second"]) == (0.5, 0.5)
    assert (found["multi_both"], found["multi_main"]) == (1, 1)
    assert (found["acts"], found["act_false_need"]) == (1, 0)
    assert found["confident_wrong"] == 0.5  # the loan, and the two-need message whose second need came first


def test_an_entity_needs_an_overlap_and_the_right_value():
    quimper = {"entity": "location", "text": "Quimper", "value": {"codes": ["29232"]}}
    guess = {
        "entity": "location",
        "start": 2,
        "end": 9,
        "value": "Quimper",
        "additional_info": {"code": "29232"},
    }
    elsewhere = guess | {"additional_info": {"code": "35238"}}
    text = "à Quimper"
    assert (
        figures([row(text, "inform", entities=[quimper])], [parse("inform", entities=[guess])])["f1_location"]
        == 1
    )
    assert (
        figures([row(text, "inform", entities=[quimper])], [parse("inform", entities=[elsewhere])])[
            "f1_location"
        ]
        == 0
    )


def test_a_false_entity_costs():
    five = {"entity": "amount", "text": "5 €", "value": 5}
    guesses = [
        {"entity": "amount", "start": 0, "end": 3, "value": 5},
        {"entity": "amount", "start": 7, "end": 9, "value": 9},
    ]
    found = figures([row("5 € et 9", "inform", entities=[five])], [parse("inform", entities=guesses)])
    assert found["f1_amount"] == pytest.approx(2 / 3)


def test_out_of_scope_is_the_f1_of_two_labels_together():
    rows = [row("a", "out_of_scope"), row("b", "other_business_need"), row("c", "greet")]
    parses = [parse("other_business_need"), parse("greet"), parse("greet")]
    assert figures(rows, parses)["oos_f1"] == pytest.approx(2 / 3)


def test_calibration_error_is_the_gap_between_said_and_true():
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert calibration_error([(1.0, False)]) == pytest.approx(1)


def test_each_label_has_its_precision_and_recall():
    rows = [{"intent": label} for label in ("greet", "greet", "thank", "goodbye")]
    parses = [{"intent": {"name": label}} for label in ("greet", "goodbye", "thank", "goodbye")]

    scores = by_label_f1(rows, parses)

    assert scores["greet"] == (2, 1.0, 0.5, pytest.approx(2 / 3))
    assert scores["goodbye"] == (1, 0.5, 1.0, pytest.approx(2 / 3))
    assert list(scores)[-1] == "thank"


@pytest.mark.parametrize(("value", "found"), [("10", 1), ("47", 0)])
def test_a_trade_needs_a_right_division_where_the_set_names_them(value, found):
    row = {
        "text": "boulanger",
        "entities": [{"entity": "sector", "text": "boulanger", "value": "x", "divisions": ["10"]}],
    }
    parse = {"entities": [{"entity": "sector", "start": 0, "end": 9, "value": value}]}

    assert entity_f1([(row, parse)]) == {"f1_sector": found}
