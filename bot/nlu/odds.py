"""A logistic regression that answers about one row at a time without scikit-learn's checks of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


class Odds:
    """Learns how likely a row of numbers is to be true."""

    def fit(self, rows: Sequence[Sequence[float]], true: Sequence[bool]) -> Odds:
        """Learn from `rows`, of which some are `true` and some are not; return itself."""
        scale = StandardScaler().fit(rows)
        found = LogisticRegression().fit(scale.transform(rows), list(true))
        self._weights = found.coef_[0] / scale.scale_
        self._intercept = float(found.intercept_[0] - self._weights @ scale.mean_)
        return self

    def of(self, row: Sequence[float]) -> float:
        """Return how likely `row` is, from 0 to 1."""
        return float(expit(np.dot(self._weights, row) + self._intercept))
