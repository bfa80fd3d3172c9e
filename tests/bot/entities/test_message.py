"""A message is words with their place in the text."""

from bot.nlu.entities.message import Message


def test_words_keep_their_place_whatever_their_letters():
    text = "À l'Œuvre, s/ St-Jean"
    message = Message(text)
    assert message.keys == ["a", "l", "oeuvre", "sur", "saint", "jean"]
    assert [text[word.start : word.end] for word in message.words] == ["À", "l", "Œuvre", "s", "St", "Jean"]


def test_a_comma_parts_words_and_a_hyphen_does_not():
    assert Message("Saint-Denis, Paris").tight == [True, False, False]


def test_marks_isolate_words():
    message = Message("aide pour four, restauration, Vannes")
    assert message.isolated(3, 3)
    assert not message.isolated(2, 2)


def test_a_capital_says_nothing_in_a_shouted_message():
    assert Message("je suis à Nice").capital(3)
    assert not Message("JE SUIS À NICE").capital(3)


def test_an_entity_takes_the_words_it_overlaps():
    message = Message("un deux trois")
    message.take(3, 7)
    assert message.taken == [False, True, False]
    assert message.holds(0, 5)
    assert not message.holds(8, 13)
