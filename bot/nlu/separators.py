"""One linear separator a label, on words and pieces of words."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import repeat

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.nlu.text_features import text_features

# Terms that no separator weighs by more than this are left out: a third of all, and they decide nothing.
NEGLIGIBLE = 0.1
# How close to the best a separator must come: liblinear's own default for this solver. scikit-learn's, a thousandth of
# it, takes a third longer for weights that differ by a hundredth, and decides no message otherwise.
TOLERANCE = 0.1
# Neither said nor not: such a text teaches nothing about the label.
UNSAID = -1


class Separators:
    """Says how much a text sounds like each label: above 0 for what the label's own messages sound like."""

    def __init__(self, cost: float) -> None:
        self._cost = cost

    def fit(self, texts: Sequence[str], targets: np.ndarray) -> Separators:
        """Train on `texts`, return itself; `targets` has a row a text, a column a label, 1 where the text says it and
        `UNSAID` where it is no example either way.
        """
        features = text_features()
        numbers = features.fit_transform(texts)
        # Not threads: the solver draws from one source a process, so that two at a time train another model every time.
        # As many as this container may use: the machine may have more.
        processes = Parallel(n_jobs=-1)
        trained = processes(delayed(_separator)(numbers, column, self._cost) for column in targets.T)
        weights = np.vstack([each.coef_ for each in trained]).T.astype(np.float32)
        self._intercepts = np.array([each.intercept_[0] for each in trained])
        self._terms, start = [], 0
        for _, vectorizer in features.transformer_list:
            end = start + len(vectorizer.vocabulary_)
            self._terms.append(WeightedTerms(vectorizer, weights[start:end], NEGLIGIBLE))
            start = end
        return self

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Return a row a text with a score a label."""
        if not texts:
            return np.zeros((0, len(self._intercepts)))
        return np.array(
            [sum(terms.scores(text) for terms in self._terms) + self._intercepts for text in texts]
        )


def _separator(numbers: csr_matrix, column: np.ndarray, cost: float) -> LinearSVC:
    said = column != UNSAID
    rows, answers = (numbers, column) if said.all() else (numbers[said], column[said])
    return LinearSVC(C=cost, tol=TOLERANCE, random_state=0).fit(rows, answers)


class WeightedTerms:
    """The terms of one trained vectoriser with what each weighs for each label.

    Gives what `vectorizer.transform([text]) @ weights` gives, to three digits; terms that no label weighs by more than
    `negligible` are unknown to it. For one text, scikit-learn's sparse matrices take five times as long to build and to
    check as the sum itself. Terms are known by their checksum and weights are kept in two bytes: a third of the memory,
    at the price of one unknown term in some thirty thousand being taken for another.
    """

    def __init__(self, vectorizer: TfidfVectorizer, weights: np.ndarray, negligible: float = 0.0) -> None:
        self._terms_of = clone(vectorizer).build_analyzer()
        terms = np.array(sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get), dtype=object)
        kept = np.flatnonzero(np.abs(weights).max(axis=1) > negligible)
        self._checksums, first = np.unique(_checksums(terms[kept]), return_index=True)
        kept = kept[first]
        self._idf = vectorizer.idf_[kept].astype(np.float32)
        self._unit = np.float32(np.abs(weights).max(initial=0) / np.iinfo(np.int16).max)
        self._weights = np.rint(weights[kept] / (self._unit or 1)).astype(np.int16)

    def scores(self, text: str) -> np.ndarray:
        """Return a score a label, in single precision; zeros where no term is known."""
        counts = Counter(self._terms_of(text))
        rows, known = self._rows(counts)
        if not known.any():
            return np.zeros(self._weights.shape[1], dtype=np.float32)
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))[known]
        values = (1 + np.log(often)) * self._idf[rows]
        values /= np.sqrt(values @ values)
        return values @ self._weights.take(rows, axis=0).astype(np.float32) * self._unit

    def _rows(self, terms: Collection[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of the terms that are known, and which of all `terms` these are."""
        checksums = _checksums(terms)
        if not len(self._checksums):
            return np.zeros(0, dtype=np.intp), np.zeros(len(checksums), dtype=bool)
        rows = np.minimum(np.searchsorted(self._checksums, checksums), len(self._checksums) - 1)
        known = self._checksums[rows] == checksums
        return rows[known], known


def _checksums(terms: Collection[str]) -> np.ndarray:
    encoded = map(str.encode, terms, repeat("utf-8"), repeat("surrogatepass"))
    return np.fromiter(map(zlib.crc32, encoded), np.uint32, count=len(terms))
