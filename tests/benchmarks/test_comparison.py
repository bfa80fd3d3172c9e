from benchmarks.comparison import compare


def row(text, *needs, act=None):
    return {"text": text, "intent": act or f"need_{needs[0]}", "needs": list(needs), "entities": []}


def parse(intent, confidence, *needs):
    entities = [{"entity": "need", "value": need} for need in needs]
    return {"intent": {"name": intent, "confidence": confidence}, "entities": entities}


ROWS = [row("un site", "website"), row("merci", act="thank"), row("un site et un prêt", "website", "loans")]
BEFORE = [
    parse("need_visibility", 0.7, "visibility"),
    parse("thank", 0.9),
    parse("need_website", 0.9, "website"),
]
AFTER = [
    parse("need_website", 0.8, "website"),
    parse("goodbye", 0.6),
    parse("need_website", 0.9, "website", "loans"),
]


def test_what_is_gained_and_lost_is_told_message_by_message():
    found = compare(ROWS, BEFORE, AFTER)
    assert [each["text"] for each in found["gained"]] == ["un site et un prêt", "un site"]
    assert found["lost"] == [
        {
            "text": "merci",
            "label": ["thank"],
            "before": {"labels": ["thank"], "confidence": 0.9},
            "after": {"labels": ["goodbye"], "confidence": 0.6},
        }
    ]


def test_labels_figures_and_confusions_stand_side_by_side():
    found = compare(ROWS, BEFORE, AFTER)
    assert found["figures"]["single"] == [0.0, 1.0]
    assert found["figures"]["acts"] == [1.0, 0.0]
    labels = {each["label"]: (each["before"]["f1"], each["after"]["f1"]) for each in found["labels"]}
    assert labels["thank"] == (1.0, 0.0)
    assert labels["need_website"][0] < labels["need_website"][1] == 1.0
    assert next(iter(labels)) == "thank", "what lost most comes first"
    assert found["confusions"] == [
        {"label": "need_website", "taken_for": "need_visibility", "before": 1, "after": 0},
        {"label": "thank", "taken_for": "goodbye", "before": 0, "after": 1},
    ]


def test_the_same_model_changes_nothing():
    found = compare(ROWS, BEFORE, BEFORE)
    assert (found["gained"], found["lost"], found["confusions"]) == ([], [], [])
