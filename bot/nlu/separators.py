"""One linear separator a label, on words and pieces of words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.svm import LinearSVC

from bot.nlu.text_features import text_features


class Separators:
    """Says how much a text sounds like each label: above 0 for what the label's own messages sound like."""

    def __init__(self, cost: float) -> None:
        self._cost = cost

    def fit(self, texts: Sequence[str], targets: np.ndarray) -> Separators:
        """Train on `texts`, return itself; `targets` has a row a text, a column a label, 1 where the text says it."""
        self._features = text_features()
        numbers = self._features.fit_transform(texts)
        trained = [LinearSVC(C=self._cost, random_state=0).fit(numbers, column) for column in targets.T]
        # One product for all labels, in single precision: forty products of their own take ten times as long.
        self._weights = np.ascontiguousarray(np.vstack([each.coef_ for each in trained]).T, dtype=np.float32)
        self._intercepts = np.array([each.intercept_[0] for each in trained])
        return self

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Return a row a text with a score a label."""
        if not texts:
            return np.zeros((0, len(self._intercepts)))
        numbers = self._features.transform(texts).astype(np.float32)
        return np.asarray(numbers @ self._weights, dtype=float) + self._intercepts
