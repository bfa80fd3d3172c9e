from bot.nlu.need_example import Example
from bot.nlu.situations import polite, situated

NEEDS = [Example(f"un site {number}.", "need_website", ("website",)) for number in range(200)]
ACTS = [Example("bonjour", "greet")] * 50


def test_a_share_of_the_needs_is_put_in_a_situation_and_keeps_its_labels():
    copies = situated(NEEDS, ["{said} à xlocation"], 0.3)
    assert 30 <= len(copies) <= 90
    assert {(copy.label, copy.needs) for copy in copies} == {("need_website", ("website",))}
    assert copies[0].text.endswith(" à xlocation")
    assert "." not in copies[0].text


def test_acts_are_left_alone():
    assert situated(ACTS, ["{said} à xlocation"], 1.0) == []


def test_no_situation_is_no_copy():
    assert situated(NEEDS, [], 1.0) == []


def test_the_same_seed_gives_the_same_copies():
    assert situated(NEEDS, ["a {said}", "b {said}"], 0.5) == situated(NEEDS, ["a {said}", "b {said}"], 0.5)


def test_a_message_that_is_added_changes_no_copy_of_another():
    around = ["a {said}", "b {said}"]
    before, after = situated(NEEDS[1:], around, 0.5), situated(NEEDS, around, 0.5)
    assert [copy for copy in after if "un site 0" not in copy.text] == before


def test_politeness_stands_around_what_is_said_and_changes_no_label():
    copies = polite([*NEEDS, *ACTS], ["bonjour, {said}, merci"], [], 1.0)
    assert [copy.text for copy in copies] == [
        f"bonjour, {each.text.rstrip(' .!?')}, merci" for each in [*NEEDS, *ACTS]
    ]
    assert [(copy.label, copy.needs, copy.about) for copy in copies] == [
        (each.label, each.needs, each.about) for each in [*NEEDS, *ACTS]
    ]


def test_messages_that_may_say_nothing_else_are_left_as_they_are():
    assert polite(ACTS, ["oui {said}"], {each.label for each in ACTS}, 1.0) == []
    assert polite(NEEDS, [], [], 1.0) == []
