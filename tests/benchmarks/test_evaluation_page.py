from benchmarks.evaluation_page import evaluation_page

ROWS = [
    {"text": "bonjour", "intent": "greet", "needs": [], "entities": []},
    {"text": "<b>un site</b>", "intent": "need_website", "needs": ["website"], "entities": []},
]


def parse(label, confidence):
    return {"intent": {"name": label, "confidence": confidence}, "entities": []}


def test_the_page_shows_figures_labels_and_each_error():
    page = evaluation_page(
        "dev",
        ROWS,
        [parse("greet", 0.9), parse("need_grants", 0.8)],
        {"messages": 2, "acts": 1.0},
        {"acts": 0.5},
    )

    assert '<td class="n">1.000</td><td class="n">0.500</td>' in page
    assert "&lt;b&gt;un site&lt;/b&gt;" in page
    assert "<b>un site" not in page
    assert page.count("<svg") == 2
    assert "1 errors, the surest first" in page


def test_a_set_without_errors_has_a_page_too():
    page = evaluation_page("dev", ROWS[:1], [parse("greet", 0.9)], {"messages": 1}, {})

    assert "0 errors" in page
