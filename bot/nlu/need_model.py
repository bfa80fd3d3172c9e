"""Which needs does a message state, and how sure is that? A linear model, without rasa.

One linear separator a label, all trained on the same words and pieces of words. The label that wins is the intent;
`further_needs` decides whether it states another need, and which comes first, `confidence` how sure all that is. What
these two learn, and every threshold, comes from messages of writers that the separators have not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

from bot.nlu.clauses import cuts
from bot.nlu.confidence import Confidence
from bot.nlu.further_needs import FurtherNeeds, Heard, Statement
from bot.nlu.held_out import folds_by_voice
from bot.nlu.masking import MASKS
from bot.nlu.mistyping import mistyped_copies
from bot.nlu.need_example import NEED_PREFIX, Example
from bot.nlu.separators import UNSAID, Separators
from bot.nlu.situations import polite, situated
from bot.nlu.subject import SubjectOfAct

_SHARPNESS = 4.0  # how quickly the shares of the labels that did not win fall with their scores


@dataclass(frozen=True)
class Understanding:
    """`ranking`: every label with its confidence, best first; `needs`: those stated, with theirs, in order.

    `sure` tells whether the main label can be answered without naming what else it may be. `about` is the need that
    an act is about, with its own confidence.
    """

    ranking: tuple[tuple[str, float], ...]
    needs: tuple[tuple[str, float], ...]
    sure: bool = True
    about: tuple[str, float] | None = None


class NeedModel:
    """Trained on examples, understands messages; can be pickled.

    `unseen` keeps, for each example as it was understood before it was trained on, the confidence in its main label
    and whether that was right: what thresholds are chosen on. From the confidence `sure_from` on, the share
    `sure_and_wrong` of those messages is wrong.
    """

    def __init__(
        self,
        *,
        cost: float = 1.0,
        folds: int = 5,
        false_second_needs: float = 0.05,
        sure_and_wrong: float = 0.03,
        most_needs: int = 3,
        situations: Sequence[str] = (),
        situated_share: float = 0.3,
        manners: Sequence[str] = (),
        unmannered: Sequence[str] = (),
        polite_share: float = 0.3,
        mistyped_share: float = 0.5,
        mistyped_rates: tuple[float, float] = (0.03, 0.15),
    ) -> None:
        self._cost, self._folds = cost, folds
        self._false_second_needs, self._most_needs = false_second_needs, most_needs
        self._sure_and_wrong = sure_and_wrong
        self._situations, self._situated_share = tuple(situations), situated_share
        self._manners, self._unmannered = tuple(manners), frozenset(unmannered)
        self._polite_share = polite_share
        self._mistyped_share, self._mistyped_rates = mistyped_share, tuple(mistyped_rates)
        self.labels: list[str] = []
        self.unseen: list[tuple[float, bool]] = []
        self.sure_from = 0.0

    def fit(self, examples: Sequence[Example]) -> NeedModel:
        """Train on `examples`: first on parts of them, to learn decisions on the others, then on all; return itself."""
        self.labels = sorted({label for example in examples for label in example.labels})
        self._is_need = np.array([label.startswith(NEED_PREFIX) for label in self.labels])
        self._act = next((self.labels.index(each.label) for each in examples if each.about), None)
        stated = [[self.labels.index(NEED_PREFIX + need) for need in example.needs] for example in examples]
        folds = list(folds_by_voice(examples, self._folds))
        heard = self._hear_unseen(examples, folds)
        self._subject = self._learn_subjects(examples, heard)
        self._learn_decisions(examples, [self._settled(each) for each in heard], stated, folds)
        self._separators = self._train(examples)
        return self

    def understand(self, text: str) -> Understanding:
        """Return what `text` says."""
        as_heard = self._hear([text], self._separators)[0]
        heard = self._settled(as_heard)
        statement = self._further.state(heard, self._further.weigh([heard])[0])
        confidence = self._confidence.of(heard, statement)
        return Understanding(
            self._ranking(heard, statement, confidence),
            tuple(
                (self.labels[need].removeprefix(NEED_PREFIX), sure if at else confidence)
                for at, (need, sure) in enumerate(statement.needs)
            ),
            confidence >= self.sure_from,
            self._about(as_heard) if self._main(heard, statement) == self._act else None,
        )

    def _settled(self, heard: Heard) -> Heard:
        return self._subject.settled(heard) if self._subject else heard

    def _about(self, heard: Heard) -> tuple[str, float] | None:
        found = self._subject.of(heard)
        return found and (self.labels[found[0]].removeprefix(NEED_PREFIX), found[1])

    def _ranking(
        self, heard: Heard, statement: Statement, confidence: float
    ) -> tuple[tuple[str, float], ...]:
        """Return all labels: the main one with its confidence, the others share what is left by their scores."""
        main = self._main(heard, statement)
        shares = softmax(np.where(np.arange(len(self.labels)) == main, -np.inf, heard.whole * _SHARPNESS))
        shares = _below(shares, confidence, len(self.labels) - 1)
        order = [i for i in np.argsort(-shares, kind="stable") if i != main]
        # Shares that were evened out up to the main label may round to a hair above it.
        rest = [(self.labels[i], min(float(shares[i] * (1 - confidence)), confidence)) for i in order]
        return ((self.labels[main], confidence), *rest)

    def _learn_decisions(
        self,
        examples: Sequence[Example],
        heard: Sequence[Heard],
        stated: Sequence[Sequence[int]],
        folds: Sequence[tuple[np.ndarray, np.ndarray]],
    ) -> None:
        """Learn to decide on further needs and on confidence; both on messages that nothing below them has seen."""
        weights: list[list[float]] = [[]] * len(examples)
        models = []
        for train, test in folds:
            model = FurtherNeeds(self._is_need, self._most_needs)
            model.fit([heard[i] for i in train], [stated[i] for i in train])
            for i, sure in zip(test, model.weigh([heard[i] for i in test]), strict=True):
                weights[i] = sure
            models.append((model, test))
        single = [
            max(sure, default=0.0) for sure, needs in zip(weights, stated, strict=True) if len(needs) == 1
        ]
        threshold = _threshold(single, self._false_second_needs)
        said: list[Statement] = [Statement(())] * len(examples)
        for model, test in models:
            model.threshold = threshold
            for i in test:
                said[i] = model.state(heard[i], weights[i])
        right = [
            self._main(heard[i], said[i]) == self.labels.index(examples[i].label) for i in range(len(said))
        ]
        self._further = FurtherNeeds(self._is_need, self._most_needs).fit(heard, stated)
        self._further.threshold = threshold
        self._confidence = Confidence().fit(heard, said, right)
        self.unseen = list(zip(self._confidence.of_all(heard, said), right, strict=True))
        self.sure_from = _certainty(self.unseen, self._sure_and_wrong)

    def _learn_subjects(self, examples: Sequence[Example], heard: Sequence[Heard]) -> SubjectOfAct | None:
        """Learn what an act is about, on messages that nothing below has seen; None where no act has a subject."""
        if self._act is None:
            return None
        acts = [self.labels.index(each.label) == self._act for each in examples]
        subjects = [self._label_of(each.about) for each in examples]
        return SubjectOfAct(self._is_need, self._act).fit(heard, acts, subjects)

    def _label_of(self, need: str) -> int | None:
        return self.labels.index(NEED_PREFIX + need) if need else None

    def _main(self, heard: Heard, statement: Statement) -> int:
        return statement.needs[0][0] if statement.needs else int(np.argmax(heard.whole))

    def _train(self, examples: Sequence[Example]) -> Separators:
        said = polite(examples, self._manners, self._unmannered, self._polite_share)
        examples = [*examples, *situated(examples, self._situations, self._situated_share), *said]
        examples += mistyped_copies(examples, self._mistyped_share, self._mistyped_rates, MASKS)
        targets = np.zeros((len(examples), len(self.labels)), dtype=np.int8)
        for row, example in enumerate(examples):
            for label in example.labels:
                targets[row, self.labels.index(label)] = 1
            if example.about:
                targets[row, self._label_of(example.about)] = UNSAID
        return Separators(self._cost).fit([example.text for example in examples], targets)

    def _hear_unseen(
        self, examples: Sequence[Example], folds: Sequence[tuple[np.ndarray, np.ndarray]]
    ) -> list[Heard]:
        """Return each example as heard by separators that were not trained on it."""
        found: list[Heard | None] = [None] * len(examples)
        for train, test in folds:
            trained = self._train([examples[i] for i in train])
            for i, each in zip(test, self._hear([examples[i].text for i in test], trained), strict=True):
                found[i] = each
        return found

    def _hear(self, texts: Sequence[str], separators: Separators) -> list[Heard]:
        """Return the scores of each text and, where a need wins, of the sides of its cuts."""
        wholes = separators.scores(texts)
        cut = [
            cuts(text) if self._is_cut(int(whole.argmax())) else []
            for text, whole in zip(texts, wholes, strict=True)
        ]
        sides = [side for pairs in cut for pair in pairs for side in pair]
        parts = iter(separators.scores(sides).reshape(-1, 2, len(self.labels)))
        return [
            Heard(whole, _taken(parts, len(pairs), len(self.labels)), len(text.split()))
            for text, whole, pairs in zip(texts, wholes, cut, strict=True)
        ]

    def _is_cut(self, label: int) -> bool:
        return bool(self._is_need[label]) or label == self._act


def _below(shares: np.ndarray, confidence: float, others: int) -> np.ndarray:
    """Return the shares of what is left, evened out as far as needed for none to stand above the main label."""
    most, even = float(shares.max()), 1 / max(others, 1)
    limit = max(confidence / max(1 - confidence, 1e-9), even)
    if most <= limit:
        return shares
    mixed = (most - limit) / (most - even) if most > even else 1.0
    return (1 - mixed) * shares + mixed * even


def _taken(parts: Iterator[np.ndarray], count: int, labels: int) -> np.ndarray:
    return np.array([next(parts) for _ in range(count)]).reshape(count, 2, labels)


def _certainty(unseen: Sequence[tuple[float, bool]], wrong: float) -> float:
    """Return the lowest confidence above which at most the share `wrong` of all messages is wrong."""
    allowed = int(len(unseen) * wrong)
    errors = sorted((confidence for confidence, right in unseen if not right), reverse=True)
    return float(np.nextafter(errors[allowed], 1.0)) if len(errors) > allowed else 0.0


def _threshold(seconds: Sequence[float], false_seconds: float) -> float:
    """Return the lowest threshold that gives at most the share `false_seconds` of one-need messages a second one."""
    return sorted(seconds, reverse=True)[int(len(seconds) * false_seconds)] if seconds else 1.0
