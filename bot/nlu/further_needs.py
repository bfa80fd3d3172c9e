"""Does a message state a second need, and which comes first?

One separator a need says how much a whole message sounds like each; of two needs, one often drowns the other. So the
message is also cut in two where it may pass to something else, and each side is heard alone. Whether a candidate is
really stated is then a decision of a few numbers, learnt on messages that the separators have not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import ThreadpoolController

from bot.nlu.odds import Odds

CANDIDATES = 3  # needs looked at behind the winner: the right one is hardly ever further back
_NONE = -2.0  # stands for the score of a side where there is no cut: below any real one


@dataclass(frozen=True)
class Heard:
    """The scores of one message: whole (one a label), and of both sides of each cut (cuts, two, labels)."""

    whole: np.ndarray
    sides: np.ndarray
    words: int


@dataclass(frozen=True)
class Statement:
    """What one message states: needs in the order they are said, with how sure each is; `second` is how sure the best
    candidate is that was looked at, stated or not, and `order` how sure the first is to be the first.
    """

    needs: tuple[tuple[int, float], ...]
    second: float = 0.0
    order: float = 1.0


class FurtherNeeds:
    """Decides on further needs; `is_need` says which labels are needs."""

    def __init__(self, is_need: np.ndarray, most: int):
        self._is_need, self._needs, self._most = is_need, np.flatnonzero(is_need), most
        self._stated: HistGradientBoostingClassifier | None = None
        self._order: Odds | None = None
        self.threshold = 1.0

    def fit(self, heard: Sequence[Heard], stated: Sequence[Sequence[int]]) -> FurtherNeeds:
        """Learn from messages heard by separators that had not seen them; `stated` are their needs as labels, in
        order. Return itself. The caller sets `threshold`: how sure a further need must be.
        """
        known = [(each, needs) for each, needs in zip(heard, stated, strict=True) if self._need_wins(each)]
        rows = [row for each, _ in known for row in self._rows(each)]
        answers = [other in needs for each, needs in known for other in self._candidates(each)]
        if not any(answers):
            return self
        trees = HistGradientBoostingClassifier(
            max_depth=5, max_iter=100, learning_rate=0.1, l2_regularization=1.0, random_state=0
        )
        with (
            _one_thread()
        ):  # two take two thirds of the time on a quiet machine, and ten times as long on a busy one
            self._stated = trees.fit(np.array(rows), answers)
        self._order = self._fit_order(known)
        return self

    def weigh(self, heard: Sequence[Heard]) -> list[list[float]]:
        """Return for each message how sure each of its candidates for a further need is; nothing where an act wins."""
        rows = [self._rows(each) if self._stated and self._need_wins(each) else [] for each in heard]
        flat = np.array([row for each in rows for row in each])
        with _one_thread():
            sure = iter(self._stated.predict_proba(flat)[:, 1] if len(flat) else ())
        return [[float(next(sure)) for _ in each] for each in rows]

    def state(self, heard: Heard, sure: Sequence[float]) -> Statement:
        """Return what a message states, as sure as `weigh` says; nothing where an act wins."""
        if not self._need_wins(heard):
            return Statement(())
        winner = self._winner(heard)
        best = max(sure, default=0.0)
        further = sorted(
            (pair for pair in zip(self._candidates(heard), sure, strict=True) if pair[1] > self.threshold),
            key=lambda pair: -pair[1],
        )[: self._most - 1]
        if not further:
            return Statement(((winner, 1.0),), best)
        first = self._first(heard, winner, further[0][0])
        needs = [(winner, 1.0), *further]
        if first < 0.5:
            needs[0], needs[1] = (further[0][0], 1.0), (winner, further[0][1])
        return Statement(tuple(needs), best, max(first, 1 - first))

    def _need_wins(self, heard: Heard) -> bool:
        return bool(self._is_need[int(np.argmax(heard.whole))])

    def _winner(self, heard: Heard) -> int:
        return int(self._needs[np.argmax(heard.whole[self._needs])])

    def _candidates(self, heard: Heard) -> list[int]:
        order = self._needs[np.argsort(-heard.whole[self._needs], kind="stable")]
        return [int(other) for other in order[1 : 1 + CANDIDATES]]

    def _first(self, heard: Heard, winner: int, other: int) -> float:
        """Return how sure it is that `winner` is said before `other`."""
        if self._order is None:
            return 1.0
        return self._order.of(_places(heard, winner, other))

    def _fit_order(self, known: Sequence[tuple[Heard, Sequence[int]]]) -> Odds | None:
        rows, answers = [], []
        for heard, needs in known:
            winner = self._winner(heard)
            if len(needs) == 2 and winner in needs:
                rows.append(_places(heard, winner, next(need for need in needs if need != winner)))
                answers.append(winner == needs[0])
        return Odds().fit(rows, answers) if len(set(answers)) == 2 else None

    def _rows(self, heard: Heard) -> list[list[float]]:
        winner, others = self._winner(heard), self._candidates(heard)
        after = [*np.sort(heard.whole[self._needs])[::-1], _NONE]
        return [self._row(heard, winner, other, float(after[at + 2])) for at, other in enumerate(others)]

    def _row(self, heard: Heard, winner: int, other: int, behind: float) -> list[float]:
        own, its = float(heard.whole[winner]), float(heard.whole[other])
        whole = [own, its, own - its, its - behind, np.log1p(len(heard.sides)), np.log1p(heard.words)]
        return whole + self._of_sides(heard, winner, other)

    def _of_sides(self, heard: Heard, winner: int, other: int) -> list[float]:
        """Return how well two sides of one cut say one need each, and nothing else."""
        if not len(heard.sides):
            return [_NONE] * 12
        before, after = heard.sides[:, 0], heard.sides[:, 1]
        straight = np.minimum(before[:, winner], after[:, other])
        turned = np.minimum(before[:, other], after[:, winner])
        if straight.max() >= turned.max():
            cut = int(straight.argmax())
            with_winner, with_other = before[cut], after[cut]
        else:
            cut = int(turned.argmax())
            with_winner, with_other = after[cut], before[cut]
        rest = np.ones(len(heard.whole), dtype=bool)
        rest[[winner, other]] = False
        tops = self._needs[heard.sides[:, :, self._needs].argmax(-1)]
        apart = ((tops == [winner, other]) | (tops == [other, winner])).all(-1).any()
        return [
            max(straight.max(), turned.max()),
            straight.max() - turned.max(),
            float(apart),
            heard.sides[:, :, other].max(),
            with_winner[winner],
            with_other[other],
            with_winner[winner] - with_winner[rest].max(),
            with_other[other] - with_other[rest].max(),
            with_winner[winner] - with_winner[other],
            with_other[other] - with_other[winner],
            with_winner[~self._is_need].max(),
            with_other[~self._is_need].max(),
        ]


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def _one_thread():
    """Return a context in which no threads are shared: for a few rows, waiting for a busy core takes longer than they
    do (75 ms were measured beside another process, 1 ms alone).
    """
    return _threads().limit(limits=1, user_api="openmp")


def _places(heard: Heard, winner: int, other: int) -> list[float]:
    """Return what tells which of two needs is said first."""
    lead = float(heard.whole[winner] - heard.whole[other])
    if not len(heard.sides):
        return [0.0, 0.0, 0.0, lead]
    before, after = heard.sides[:, 0], heard.sides[:, 1]
    straight = np.minimum(before[:, winner], after[:, other]).max()
    turned = np.minimum(before[:, other], after[:, winner]).max()
    opening, ending = before[0], after[-1]
    return [
        float(straight - turned),
        float(opening[winner] - opening[other]),
        float(ending[winner] - ending[other]),
        lead,
    ]
