"""The longest phrase at a word wins."""

from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import phrases

VOCABULARY = phrases({"city": ["New York"], "new": ["new"], "day": ["New York City"]})


def test_the_longest_phrase_wins():
    assert list(VOCABULARY.scan(Message("a new york city trip"))) == [(1, 3, "day")]
    assert list(VOCABULARY.scan(Message("new york, city"))) == [(0, 1, "city")]


def test_taken_words_are_left_out():
    message = Message("new york city")
    message.take(9, 13)
    assert list(VOCABULARY.scan(message)) == [(0, 1, "city")]
