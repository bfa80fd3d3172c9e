"""How often an understanding is right, learnt on messages that the separators have not seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.nlu.further_needs import Heard, Statement
from bot.nlu.odds import Odds


class Confidence:
    """Turns scores into the share of such messages whose main label is right."""

    def __init__(self) -> None:
        self._odds: Odds | None = None

    def fit(self, heard: Sequence[Heard], said: Sequence[Statement], right: Sequence[bool]) -> Confidence:
        """Learn from what was understood of unseen messages and whether its main label was right; return itself."""
        if len(set(right)) == 2:
            rows = [_row(each, statement) for each, statement in zip(heard, said, strict=True)]
            self._odds = Odds().fit(rows, right)
        return self

    def of(self, heard: Heard, statement: Statement) -> float:
        """Return the confidence in the main label of one message, from 0 to 1."""
        return self.of_all([heard], [statement])[0]

    def of_all(self, heard: Sequence[Heard], said: Sequence[Statement]) -> list[float]:
        """Return the same for many messages."""
        if self._odds is None:
            return [1.0] * len(heard)
        return [self._odds.of(_row(each, statement)) for each, statement in zip(heard, said, strict=True)]


def _row(heard: Heard, statement: Statement) -> list[float]:
    """Return what tells a sure understanding from a doubtful one: by how much the main label leads those that are not
    stated, how high it scores, and, of two needs, how clear it is which comes first.
    """
    stated = [need for need, _ in statement.needs] or [int(np.argmax(heard.whole))]
    main = stated[0]
    others = np.delete(heard.whole, stated)
    best = float(others.max()) if len(others) else -1.0
    lead = float(max(heard.whole[label] for label in stated)) - best
    return [
        lead,
        min(lead, 0.5),
        float(heard.whole[main]),
        float(len(stated) > 1),
        float(statement.order) if len(stated) > 1 else 1.0,
        float(statement.second) if len(stated) == 1 else 0.0,
        float(np.log1p(heard.words)),
        float(not statement.needs),
    ]
