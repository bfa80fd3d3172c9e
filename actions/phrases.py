"""Which of several phrases a text says: the longest one where one lies in another, none that is denied.

« Il n'est plus à jour » does not say « à jour », and « une boutique en ligne » says more than « boutique ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.guidance.words import alike, plain

_MARKS = re.compile(r"[.,;:!?()\n]+")


@dataclass(frozen=True)
class _Found:
    code: str
    start: int
    end: int

    def within(self, other: _Found) -> bool:
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


def said(text: str, phrases: Mapping[str, Iterable[str]], denied: Callable[[str], bool]) -> list[str]:
    """Return the codes of `phrases` that a text says, in their order.

    `denied` tells whether words take back what comes after them; they do so up to the next mark.
    """
    found = {code for clause in _MARKS.split(text) for code in _of_clause(plain(clause), phrases, denied)}
    return [code for code in phrases if code in found]


def _of_clause(
    clause: str, phrases: Mapping[str, Iterable[str]], denied: Callable[[str], bool]
) -> Iterable[str]:
    words = clause.split()
    found = [
        _Found(code, start, start + length)
        for code, each in phrases.items()
        for start, length in _places(words, each)
        if not denied(" ".join([*words[:start], ""]))
    ]
    return (each.code for each in found if not any(each.within(other) for other in found))


def _places(words: Sequence[str], phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Return where phrases stand and how many words they have; only one that is a word is looked for with slips."""
    return [
        (start, len(phrase))
        for phrase in (plain(each).split() for each in phrases)
        for start in range(len(words) - len(phrase) + 1)
        if words[start : start + len(phrase)] == phrase
        or (len(phrase) == 1 and alike(words[start], phrase[0]))
    ]
