import pytest

from bot.nlu.clauses import MOST, cuts


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("un site web et une formation", [("un site web ", "et une formation")]),
        ("refaire mon site, former ma vendeuse", [("refaire mon site", ", former ma vendeuse")]),
        ("1 site é une formation", [("1 site ", "é une formation")]),
        ("site + formation", [("site ", "+ formation")]),
        ("et un site", []),
        ("je veux un site", []),
        ("", []),
    ],
)
def test_a_message_is_cut_where_it_may_pass_to_something_else(text, sides):
    assert cuts(text) == sides


def test_both_sides_together_are_the_message():
    text = "on nous doit 3000 euros, et puis mon site est vieux : que faire ?"
    assert {before + after for before, after in cuts(text)} == {text}


def test_a_long_story_is_cut_at_its_ends_and_between():
    text = "une chose, " * 50 + "et la dernière chose"
    found = cuts(text)
    assert len(found) == MOST
    assert found[0][0] == "une chose"
    assert found[-1][1] == ", et la dernière chose" or found[-1][1] == "et la dernière chose"
