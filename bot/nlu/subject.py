"""A wish for a person that names its subject: in « rappelez-moi pour un prêt » the need is what the act is about.

The separator of a need hears such a message too, often better than that of the act. So whether the act is there at all
is decided from its own scores alone, and then the needs are taken out of the comparison: the act is the main label and
states no need. Which need it is about is the one that the message, or a side of it, sounds like most, where that is
clear. Both decisions are learnt on messages that the separators have not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.nlu.further_needs import Heard
from bot.nlu.odds import Odds

THERE = 0.5
CLEAR = 0.6  # as sure as a need must be to be answered
_UNLIKE = -1.0  # the score of a label that a message says nothing of


@dataclass(frozen=True)
class _Likeliest:
    need: int
    row: list[float]


class SubjectOfAct:
    """Decides whether messages are the act `act`, and which need they are about; `is_need` says which labels are
    needs.
    """

    def __init__(self, is_need: np.ndarray, act: int) -> None:
        self._is_need, self._needs, self._act = is_need, np.flatnonzero(is_need), act
        self._there: Odds | None = None
        self._clear: Odds | None = None

    def fit(
        self, heard: Sequence[Heard], acts: Sequence[bool], subjects: Sequence[int | None]
    ) -> SubjectOfAct:
        """Learn from messages heard by separators that had not seen them; `acts` says which are the act, `subjects` are
        the needs that these are about as labels, None where they name none. Return itself.
        """
        open_ones = [(each, act) for each, act in zip(heard, acts, strict=True) if self._is_open(each)]
        self._there = _odds([self._row(each) for each, _ in open_ones], [act for _, act in open_ones])
        known = [
            (self._likeliest(each), subject)
            for each, act, subject in zip(heard, acts, subjects, strict=True)
            if act
        ]
        self._clear = _odds(
            [each.row for each, _ in known], [each.need == subject for each, subject in known]
        )
        return self

    def settled(self, heard: Heard) -> Heard:
        """Return the scores with the needs out of the comparison where the message is the act; else as they are."""
        if self._there is None or not self._is_open(heard) or self._there.of(self._row(heard)) < THERE:
            return heard
        whole = np.where(self._is_need, np.minimum(heard.whole, _UNLIKE), heard.whole)
        whole[self._act] = max(self._row(heard))
        return replace(heard, whole=whole)

    def of(self, heard: Heard) -> tuple[int, float] | None:
        """Return the need that the act is about, with how sure that is; None where none is clear."""
        if self._clear is None:
            return None
        likeliest = self._likeliest(heard)
        sure = self._clear.of(likeliest.row)
        return (likeliest.need, sure) if sure >= CLEAR else None

    def _is_open(self, heard: Heard) -> bool:
        """Tell whether the act or a need wins: where another act does, nothing is decided here."""
        winner = int(np.argmax(heard.whole))
        return winner == self._act or bool(self._is_need[winner])

    def _row(self, heard: Heard) -> list[float]:
        """Return how much the message, and the side of it that does most, sounds like the act."""
        whole = float(heard.whole[self._act])
        return [whole, max(whole, float(heard.sides[:, :, self._act].max(initial=whole)))]

    def _likeliest(self, heard: Heard) -> _Likeliest:
        parts = np.vstack([heard.whole, heard.sides.reshape(-1, len(heard.whole))])[:, self._needs]
        part, column = np.unravel_index(parts.argmax(), parts.shape)
        whole, best = parts[0], parts[part]
        scores = [float(best[column]), _lead(best, column), float(whole[column]), _lead(whole, column)]
        return _Likeliest(int(self._needs[column]), [*scores, float(np.log1p(heard.words))])


def _odds(rows: Sequence[list[float]], true: Sequence[bool]) -> Odds | None:
    return Odds().fit(rows, true) if len(set(true)) == 2 else None


def _lead(scores: np.ndarray, column: int) -> float:
    """Return by how much one need leads all others."""
    others = np.delete(scores, column)
    return float(scores[column] - others.max()) if len(others) else 0.0
