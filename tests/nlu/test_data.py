"""The training data: enough of everything, nothing twice, nothing of the set that measures it."""

from collections import Counter, defaultdict

import pytest
from rasa.shared.nlu.training_data.entities_parser import replace_entities

from conversations.likeness import Likeness, fold
from conversations.training_lines import OWNERS, read_measuring, read_training, unmarked
from settings import ROOT
from yaml_files import read_yaml

VOICES = {
    *(
        "chantier",
        "boutique",
        "bureau",
        "ailleurs",
        "mots",
        "comptoir",
        "terre",
        "cabinet",
        "usine",
        "horizon",
    ),
    *(
        "jeunes",
        "bourg",
        "proches",
        "humeur",
        "bref",
        "ville",
        "atelier",
        "comptes",
        "marche",
        "guichet",
        "salon",
        "atelier_soir",
        "rappel",
    ),
}
# What buttons send, and answers that only make sense after a question: no writer of their own.
SHORT = {"boutons", "suite"}
OUTSIDE = ("out_of_scope", "other_business_need")
MEASURING = ("dev.jsonl", "second.jsonl", "third.jsonl")


@pytest.fixture(scope="module")
def examples():
    """All training messages as (label, voice, text, needs, file)."""
    return [
        (line.label, line.voice, line.text, line.needs or (line.label,), line.file)
        for line in read_training(ROOT / "data" / "nlu")
    ]


@pytest.fixture(scope="module")
def dev():
    return read_measuring(ROOT / "tests" / "nlu" / name for name in MEASURING)


def test_every_label_has_enough_of_several_voices(examples):
    domain = read_yaml(ROOT / "domain.yml")
    counts, voices = Counter(), defaultdict(set)
    for label, voice, _, needs, _ in examples:
        if len(needs) == 1:
            counts[label] += 1
            voices[label].add(voice)
    for label in (name for intent in domain["intents"] for name in intent):
        least = 150 if label.startswith("need_") else 250 if label in OUTSIDE else 60
        assert counts[label] >= least, label
        assert len(voices[label] - SHORT) >= 15, label


def test_every_voice_is_known(examples):
    assert {voice for _, voice, _, _, _ in examples} - {OWNERS} == VOICES | SHORT


@pytest.mark.parametrize(
    "text", ["[Quimper](location:com29232)", "à [Quimper](location:com29232), [seul](company_size:0)"]
)
def test_marks_are_taken_off_as_rasa_does(text):
    assert unmarked(text) == replace_entities(text)


def test_one_file_a_label(examples):
    files = defaultdict(set)
    for label, _, _, needs, file in examples:
        if len(needs) == 1:
            files[file].add(label)
    assert {file: labels for file, labels in files.items() if labels != {label_of(file, labels)}} == {}


def label_of(file, labels):
    return f"need_{file}" if any(label.startswith("need_") for label in labels) else file


def test_two_need_messages_name_two_needs_and_lead_with_the_intent(examples):
    two = [(label, needs) for label, _, _, needs, file in examples if file == "two_needs"]
    assert len(two) >= 1500
    assert len({tuple(needs) for _, needs in two}) >= 200
    assert all(len(set(needs)) == len(needs) > 1 and label == f"need_{needs[0]}" for label, needs in two)


def test_nothing_is_written_twice(examples):
    seen = defaultdict(set)
    for label, voice, text, _, _ in examples:
        seen[fold(text)].add((label, voice))
    count = Counter(fold(text) for _, _, text, _, _ in examples)
    assert {text: seen[text] for text, times in count.items() if times > 1} == {}


def test_nothing_is_close_to_what_measures_it(examples, dev):
    measuring = Likeness(dev)
    close = []
    for _, _, text, _, file in examples:
        best = measuring.closest(text)
        if best:
            close.append((file, text, dev[best.place]))
    assert close == []
