"""Schemes in their exact order, judged only as far as somebody looks.

The database gives each scheme a place that it can only lose when it is judged on the firm's facts (`bound`), and gives
them in this order. A judged scheme whose exact place is not after the next bound can therefore be shown: what comes
later cannot come before it. An owner sees three of forty; forty are read and judged only for who looks at them all.
"""

import heapq
from collections.abc import Callable, Sequence
from typing import NamedTuple

from knowledge.funding import Candidate, Found, Question, judge, place_of, rank

_BATCH = 8
Take = Callable[[list[int]], list[Candidate]]


class Spotted(NamedTuple):
    """A scheme the database found: its key, the scheme it is a local version of, and its best possible place."""

    key: int
    id: str
    variant_of: str | None
    bound: tuple


class Ranking:
    """The schemes `spotted`, in the order of their bounds, put in the order of `funding.rank`; `take` reads them."""

    def __init__(self, spotted: Sequence[Spotted], take: Take, question: Question):
        self._left, self._take, self._question = list(reversed(spotted)), take, question
        self._waiting: list[tuple[tuple, Found]] = []
        self._ready: list[Found] = []
        self._total = len(spotted)
        if not {found.variant_of for found in spotted}.isdisjoint(found.id for found in spotted):
            self._rank_all()  # one may stand instead of another: the count too depends on all

    def __len__(self) -> int:
        return self._total

    def first(self, count: int | None = None) -> list[Found]:
        """Return the best `count` schemes, all without one; one withdrawn since it was spotted is left out."""
        while (count is None or len(self._ready) < count) and (self._left or self._waiting):
            if self._waiting and (not self._left or self._waiting[0][0] <= self._left[-1].bound):
                self._ready.append(heapq.heappop(self._waiting)[1])
            else:
                self._judge_some()
        return self._ready[:count]

    def _judge_some(self) -> None:
        some = [self._left.pop() for _ in range(min(_BATCH, len(self._left)))]
        for candidate in self._take([spotted.key for spotted in some]):
            found = judge(candidate, self._question)
            heapq.heappush(self._waiting, (place_of(found, self._question.need), found))

    def _rank_all(self) -> None:
        self._ready = rank(self._take([found.key for found in reversed(self._left)]), self._question)
        self._left, self._total = [], len(self._ready)
