"""Which needs does a message state, and how sure is that? A linear model, without rasa.

One linear separator a label, all trained on the same words and pieces of words. The label that wins is the intent;
needs whose separator also says yes are further needs. What depends on chance of the training set (the temperature of
the confidence, the threshold of a second need) is chosen on messages the model has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

from bot.nlu.need_example import NEED_PREFIX, Example
from bot.nlu.situations import situated
from bot.nlu.text_features import text_features


@dataclass(frozen=True)
class Understanding:
    """`ranking`: every label with its confidence, best first; `needs`: those stated, with theirs, best first."""

    ranking: tuple[tuple[str, float], ...]
    needs: tuple[tuple[str, float], ...]


class NeedModel:
    """Trained on examples, understands messages; can be pickled."""

    def __init__(
        self,
        *,
        cost: float = 1.0,
        folds: int = 5,
        false_second_needs: float = 0.03,
        most_needs: int = 3,
        situations: Sequence[str] = (),
        situated_share: float = 0.3,
    ) -> None:
        self._cost, self._folds = cost, folds
        self._false_second_needs, self._most_needs = false_second_needs, most_needs
        self._situations, self._situated_share = tuple(situations), situated_share
        self.labels: list[str] = []
        self.temperature = 1.0
        self.second_need_threshold = 0.0

    def fit(self, examples: Sequence[Example]) -> NeedModel:
        """Train on `examples` and choose temperature and threshold on held-out folds of them; return itself."""
        self.labels = sorted({label for example in examples for label in example.labels})
        self._is_need = np.array([label.startswith(NEED_PREFIX) for label in self.labels])
        unseen = self._scores_of_unseen(examples)
        winners = np.array([self.labels.index(example.label) for example in examples])
        self.temperature = _best_temperature(unseen, winners)
        self.second_need_threshold = self._choose_threshold(unseen, examples)
        self._features, self._separators = self._train(examples)
        return self

    def understand(self, text: str) -> Understanding:
        """Return what `text` says; an empty text is understood with even confidence in everything."""
        scores = self._separators.decision_function(self._features.transform([text]))[0]
        confidences = softmax(scores * self.temperature)
        order = np.argsort(-scores, kind="stable")
        ranking = tuple((self.labels[i], float(confidences[i])) for i in order)
        sure = 1 / (1 + np.exp(-self.temperature * (scores - self.second_need_threshold)))
        needs = [
            (self.labels[i].removeprefix(NEED_PREFIX), float(confidences[i] if i == order[0] else sure[i]))
            for i in self._stated(scores)
        ]
        return Understanding(ranking, tuple(needs))

    def _stated(self, scores: np.ndarray) -> list[int]:
        """Return the needs stated: none where an act wins, else the winner and those above the threshold."""
        order = np.argsort(-scores, kind="stable")
        if not self._is_need[order[0]]:
            return []
        further = [i for i in order[1:] if self._is_need[i] and scores[i] > self.second_need_threshold]
        return [order[0], *further][: self._most_needs]

    def _train(self, examples: Sequence[Example]) -> tuple:
        examples = [*examples, *situated(examples, self._situations, self._situated_share)]
        features = text_features()
        numbers = features.fit_transform([example.text for example in examples])
        targets = np.zeros((len(examples), len(self.labels)), dtype=np.int8)
        for row, example in enumerate(examples):
            for label in example.labels:
                targets[row, self.labels.index(label)] = 1
        separators = OneVsRestClassifier(LinearSVC(C=self._cost, random_state=0)).fit(numbers, targets)
        return features, separators

    def _scores_of_unseen(self, examples: Sequence[Example]) -> np.ndarray:
        """Return for each example the scores given by a model that was not trained on it."""
        scores = np.zeros((len(examples), len(self.labels)))
        splitter = StratifiedKFold(self._folds, shuffle=True, random_state=0)
        for train, test in splitter.split(examples, [example.label for example in examples]):
            features, separators = self._train([examples[i] for i in train])
            scores[test] = separators.decision_function(features.transform([examples[i].text for i in test]))
        return scores

    def _choose_threshold(self, scores: np.ndarray, examples: Sequence[Example]) -> float:
        """Return the lowest threshold that gives at most the allowed share of one-need messages a second need."""
        single = [row for row, example in zip(scores, examples, strict=True) if len(example.needs) == 1]
        seconds = sorted((_second_need_score(row, self._is_need) for row in single), reverse=True)
        return float(seconds[int(len(seconds) * self._false_second_needs)]) if seconds else np.inf


def _second_need_score(scores: np.ndarray, is_need: np.ndarray) -> float:
    """Return the score of the best need after the winner; minus infinity where an act wins."""
    winner = int(np.argmax(scores))
    if not is_need[winner]:
        return -np.inf
    others = is_need.copy()
    others[winner] = False
    return float(scores[others].max())


def _best_temperature(scores: np.ndarray, winners: np.ndarray) -> float:
    """Return the factor by which scores become confidences that are right as often as they say (log loss)."""

    def loss(factor: float) -> float:
        return -log_softmax(scores * factor, axis=1)[np.arange(len(winners)), winners].mean()

    return float(minimize_scalar(loss, bounds=(0.1, 50), method="bounded").x)
