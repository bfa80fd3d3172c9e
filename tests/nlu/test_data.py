"""The training data: enough of everything, nothing twice, nothing of the set that measures it."""

import json
import re
import unicodedata
from collections import Counter, defaultdict

import pytest
import yaml
from rapidfuzz import fuzz, process
from rasa.shared.nlu.training_data.entities_parser import replace_entities

from settings import ROOT

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
# Above this likeness (rapidfuzz's token sort ratio) a training line counts as a copy of a measuring line.
TOO_CLOSE = 85


def fold(text):
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare)) or text.strip()


@pytest.fixture(scope="module")
def examples():
    """All training messages as (label, voice, text, needs, file)."""
    found = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            label, voice = block["intent"], block["metadata"]["voice"]
            lines = block["examples"]
            if isinstance(lines, str):
                lines = [{"text": line.removeprefix("- ")} for line in lines.splitlines()]
            for line in lines:
                needs = line.get("metadata", {}).get("needs", [label.removeprefix("need_")])
                found.append((label, voice, replace_entities(line["text"]), needs, path.stem))
    return found


@pytest.fixture(scope="module")
def dev():
    texts = [(ROOT / "tests" / "nlu" / name).read_text(encoding="utf-8") for name in MEASURING]
    return [json.loads(line)["text"] for text in texts for line in text.splitlines()]


def test_every_label_has_enough_of_several_voices(examples):
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
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
    assert {voice for _, voice, _, _, _ in examples} == VOICES | SHORT


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
    folded = [fold(text) for text in dev]
    close = []
    for _, _, text, _, file in examples:
        best = process.extractOne(fold(text), folded, scorer=fuzz.token_sort_ratio, score_cutoff=TOO_CLOSE)
        if best:
            close.append((file, text, dev[best[2]]))
    assert close == []
