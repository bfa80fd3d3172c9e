from bot.nlu.held_out import folds_by_voice
from bot.nlu.need_example import Example


def test_no_voice_is_on_both_sides():
    examples = [Example(f"texte {number}", "greet", (), f"voice-{number % 6}") for number in range(60)]
    held_out = []
    for train, test in folds_by_voice(examples, 3):
        assert {examples[i].voice for i in train}.isdisjoint(examples[i].voice for i in test)
        held_out += [int(i) for i in test]
    assert sorted(held_out) == list(range(60))


def test_without_voices_each_label_is_on_both_sides():
    examples = [Example(f"texte {number}", "greet" if number % 2 else "thank") for number in range(40)]
    for train, test in folds_by_voice(examples, 4):
        assert {examples[i].label for i in train} == {examples[i].label for i in test} == {"greet", "thank"}
