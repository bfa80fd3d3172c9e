import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.nlu.odds import Odds


def test_odds_are_those_of_scikit_learn():
    draw = np.random.default_rng(1)
    rows = draw.normal(size=(60, 3)) * [1, 10, 100] + [0, 5, -40]
    true = (rows @ [1.0, 0.2, 0.01] + draw.normal(size=60)) > 0.6
    known = make_pipeline(StandardScaler(), LogisticRegression()).fit(rows, true)
    odds = Odds().fit(rows, true)
    assert [odds.of(row) for row in rows] == pytest.approx(known.predict_proba(rows)[:, 1])
