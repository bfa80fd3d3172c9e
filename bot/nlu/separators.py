"""One linear separator a label, on words and pieces of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.nlu.text_features import text_features

# Terms that no separator weighs by more than this are left out: a third of all, and they decide nothing.
NEGLIGIBLE = 0.1


class Separators:
    """Says how much a text sounds like each label: above 0 for what the label's own messages sound like."""

    def __init__(self, cost: float) -> None:
        self._cost = cost

    def fit(self, texts: Sequence[str], targets: np.ndarray) -> Separators:
        """Train on `texts`, return itself; `targets` has a row a text, a column a label, 1 where the text says it."""
        features = text_features()
        numbers = features.fit_transform(texts)
        trained = [LinearSVC(C=self._cost, random_state=0).fit(numbers, column) for column in targets.T]
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


class WeightedTerms:
    """The terms of one trained vectoriser with what each weighs for each label.

    Gives what `vectorizer.transform([text]) @ weights` gives; terms that no label weighs by more than `negligible` are
    unknown to it. For one text, scikit-learn's sparse matrices take five
    times as long to build and to check as the sum itself.
    """

    def __init__(self, vectorizer: TfidfVectorizer, weights: np.ndarray, negligible: float = 0.0) -> None:
        self._terms_of = clone(vectorizer).build_analyzer()
        kept = np.flatnonzero(np.abs(weights).max(axis=1) > negligible)
        places = {int(row): at for at, row in enumerate(kept)}
        self._at = {term: places[row] for term, row in vectorizer.vocabulary_.items() if row in places}
        self._idf, self._weights = vectorizer.idf_[kept], np.ascontiguousarray(weights[kept])

    def scores(self, text: str) -> np.ndarray:
        """Return a score a label, in single precision; zeros where no term is known."""
        counts = Counter(self._terms_of(text))
        known = {self._at[term]: count for term, count in counts.items() if term in self._at}
        if not known:
            return np.zeros(self._weights.shape[1], dtype=np.float32)
        rows = np.fromiter(known.keys(), dtype=np.intp, count=len(known))
        often = np.fromiter(known.values(), dtype=float, count=len(known))
        values = (1 + np.log(often)) * self._idf[rows]
        values /= np.sqrt(values @ values)
        return values.astype(np.float32) @ self._weights[rows]
