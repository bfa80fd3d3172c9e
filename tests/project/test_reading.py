"""Every sentence that owners read: short, plain, addressed with « vous », typed as French wants it."""

import re

import pytest

from settings import ROOT
from yaml_files import read_yaml

WORDING = ROOT / "actions" / "wording"
MOST_WORDS, MOST_WORDS_ON_AVERAGE = 35, 25
# Kandel and Moles, « Application de l'indice de Flesch à la langue française », 1958: 60 to 70 is standard, 50 to 60
# fairly hard. (textstat has the same formula; its wheel installs a top-level package `tests`, which hides ours.)
EASE = 60
EASE_OF_ONE, WORDS_TO_JUDGE = 50, 30  # of a single text, where it has so many words
# Flattery, promises, and words that a counter would not use.
FORBIDDEN = re.compile(
    r"\b(n'hésitez pas|malheureusement|super|parfait|parfaite|garanti|garantis|génial|excellent|excellente|"
    r"félicitations|bravo|incroyable|formidable|idéal|idéale|bien sûr|absolument|certainement|sans aucun doute|"
    r"j'espère|ravi|ravie|heureux de|enchanté|oups|révolutionnaire|incontournable)\b",
    re.IGNORECASE,
)
TU = re.compile(r"\b(tu|toi|ton|tes|t'as|t'es)\b", re.IGNORECASE)
# Tables of words that owners type, and settings: nobody reads them as sentences.
NOT_SHOWN = {"cues.yml", "denials.yml", "languages.yml", "what_if.yml"}
NOT_SHOWN_KEYS = {
    "words", "skip", "stop", "asks", "unread", "code", "kind", "numbers", "need", "needs", "names", "fits", "response",
}  # fmt: skip
_TEMPLATE = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}|\{[a-z_]+\}", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)


def strings(node, key=""):
    """Yield the texts of a table that are shown."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for name, inner in node.items():
            if name not in NOT_SHOWN_KEYS:
                yield from strings(inner, name)
    elif isinstance(node, list):
        for inner in node:
            yield from strings(inner, key)


def wordings():
    """Yield the name and the text of everything that is shown, template values as one word."""
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        for name, variants in read_yaml(path)["responses"].items():
            yield from ((name, variant["text"]) for variant in variants)
    for path in sorted(WORDING.rglob("*.yml")):
        if path.name not in NOT_SHOWN:
            for text in strings(read_yaml(path)):
                yield path.relative_to(WORDING).as_posix(), text
    for path in sorted((ROOT / "actions" / "templates").glob("*.j2")):
        yield path.name, _TEMPLATE.sub("\n", path.read_text(encoding="utf-8"))


TEXTS = [(name, _VALUE.sub("mot", text).replace("\u2019", "'")) for name, text in wordings()]


def words_of(text):
    return re.findall(r"[\wÀ-ÿœ]+(?:[-'][\wÀ-ÿœ]+)*", text)


def sentences_of(text):
    return [each for each in _SENTENCE.split(text) if words_of(each)]


def syllables(word):
    """Count the groups of vowels; an « e » at the end, with its plural, is silent."""
    silent = re.sub(r"(?<=[^aeiouyàâéèêëîïôùû])(e|es|ent)$", "", word.lower())
    return max(1, len(_VOWELS.findall(silent)))


def ease(text):
    words = words_of(text)
    per_sentence = len(words) / max(1, len(sentences_of(text)))
    return 207 - 1.015 * per_sentence - 73.6 * sum(map(syllables, words)) / len(words)


@pytest.mark.parametrize(
    ("word", "count"), [("commune", 2), ("entreprise", 3), ("aides", 1), ("étranger", 3), ("à", 1)]
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_no_sentence_is_long():
    long = [
        (name, sentence)
        for name, text in TEXTS
        for sentence in sentences_of(text)
        if len(words_of(sentence)) > MOST_WORDS
    ]
    assert long == []


def test_sentences_are_short_on_average_in_every_text():
    long = {
        name
        for name, text in TEXTS
        if sentences_of(text) and len(words_of(text)) / len(sentences_of(text)) > MOST_WORDS_ON_AVERAGE
    }
    assert long == set()


def test_all_of_it_reads_easily():
    """Buttons and labels, which are no sentences, would flatter the score: they are left out."""
    assert ease("\n".join(text for _, text in TEXTS if re.search(r"[.?!]", text))) >= EASE


def test_every_longer_text_reads_easily():
    hard = {
        name: round(ease(text))
        for name, text in TEXTS
        if len(words_of(text)) >= WORDS_TO_JUDGE and ease(text) < EASE_OF_ONE
    }
    assert hard == {}


@pytest.mark.parametrize(("pattern", "what"), [(FORBIDDEN, "flattery or promise"), (TU, "« tu »")])
def test_no_word_of_the_wrong_kind(pattern, what):
    guilty = [(name, found[0]) for name, text in TEXTS for found in pattern.finditer(text)]
    assert guilty == [], what


def test_responses_are_typed_as_french_wants():
    """Responses reach owners as they stand: curly apostrophes, no-break spaces are the renderer's or theirs."""
    wrong = []
    for path in (ROOT / "data" / "responses").glob("*.yml"):
        for name, variants in read_yaml(path)["responses"].items():
            wrong += [
                (name, each["text"])
                for each in variants
                if re.search(r"\w'\w|  |\w[!?;](?!\w)", each["text"])
            ]
    assert wrong == []


def test_punctuation_has_its_space_everywhere():
    glued = re.compile(r"(?<=[a-zà-ÿ»)])[;!?](?=\s|$)|«\S|\S»|(?<=[a-zà-ÿ)]):(?=\s)")
    guilty = [
        (name, text[max(0, found.start() - 20) : found.end() + 5])
        for name, text in TEXTS
        for found in glued.finditer(text)
    ]
    assert guilty == []
