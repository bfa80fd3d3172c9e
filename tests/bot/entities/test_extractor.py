"""Whatever is typed: no error, spans that are right, no overlap, time that grows with the length only."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.entities import EntityExtractor

EXTRACTOR = EntityExtractor.load()
KINDS = {"location", "country", "company_size", "amount", "siret", "email", "phone", "sector"}
WORDS = st.sampled_from(
    [
        "à",
        "a",
        "de",
        "dans",
        "le",
        "la",
        "les",
        "du",
        "en",
        "sur",
        "Saint-Denis",
        "93",
        "(93)",
        "29000",
        "Quimper",
    ]
    + [
        "nice",
        "Tours",
        "10k",
        "€",
        "euros",
        "deux",
        "salariés",
        "boulanger",
        "allemand",
        "Londres",
        "06",
        "12",
    ]
    + [
        "34",
        "56",
        "78",
        "siret",
        "732829320",
        "00074",
        "jean@orange.fr",
        "'",
        "(",
        ")",
        "🙂",
        "\u0000",
        "œ",
        "ﬁ",
        "İ",
    ]
)
GLUE = st.sampled_from([" ", "", "-", ", ", "\n"])


def check(text):
    entities = EXTRACTOR.extract(text)
    end = 0
    for entity in entities:
        assert entity.entity in KINDS
        assert text[entity.start : entity.end] == entity.text != ""
        assert entity.start >= end, "entities overlap or are out of order"
        assert 0 < entity.confidence <= 1
        end = entity.end


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text):
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(WORDS, GLUE), max_size=25))
def test_any_jumble_of_entities_is_read_with_right_spans(pieces):
    check("".join(word + glue for word, glue in pieces))


def test_nothing_is_found_in_nothing():
    for text in ("", " ", "\n\t", "🙂🙂", "\u0000\u0001", "…"):
        assert EXTRACTOR.extract(text) == []


def test_everything_is_found_in_one_message():
    text = (
        "Boulangère à Quimper, 3 salariés, client allemand, 5 000 €, "
        "siret 732 829 320 00074, 06 12 34 56 78, jean@orange.fr"
    )
    assert [entity.entity for entity in EXTRACTOR.extract(text)] == [
        "sector",
        "location",
        "company_size",
        "country",
        "amount",
        "siret",
        "phone",
        "email",
    ]


def test_a_long_message_takes_time_in_proportion():
    sentence = "Je suis menuisier près de Quimper et je vends 3 tables à 500 € en Suisse. "
    short, long = _seconds(sentence * 30), _seconds(sentence * 240)
    assert long < 32 * short, "eight times the text: 8 to 14 times the time; its square would be 64"


def test_long_runs_without_words_are_read_quickly():
    for run in (
        "1" * 10_000,
        "a" * 10_000,
        "1 " * 5_000,
        "à " * 5_000,
        "." * 10_000,
        "saint " * 1_700,
        "@" * 10_000,
    ):
        assert _seconds(run) < 2


def _seconds(text):
    """The processor's seconds, least of three: what else runs on the machine does not count."""
    return min(_once(text) for _ in range(3))


def _once(text):
    start = time.process_time()
    check(text)
    return time.process_time() - start
