"""Which of the needs that a message names are meant: not one that is denied, nor the project that money is for.

« Pas un prêt, une subvention » is one need, and so is « une subvention pour mon site » (docs/labels.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.territories.names import fold

_MARKS = re.compile(r"([,;:.!?])")
_BETWEEN = re.compile(r"[^a-z0-9,;:.!?]+")


@dataclass(frozen=True)
class Named:
    """A need that a text names, and where."""

    need: str
    start: int
    end: int


class NeedWords:
    """The words of `wording/need_words.yml`, ready to read messages with."""

    def __init__(self, words: dict[str, Any]) -> None:
        phrases = {phrase: need for need, phrases in words["names"].items() for phrase in phrases}
        self._need_of, self._money = phrases, frozenset(words["money"])
        longest = sorted(phrases, key=len, reverse=True)
        self._names = re.compile("|".join(rf"(?P<p{at}>{_loose(each)})" for at, each in enumerate(longest)))
        self._phrases = longest
        between = rf"\s+(?:(?:{'|'.join(words['article'])})\s+)*$"
        than = rf"\b(?:{'|'.join(words['rather'])})\b[^.;?!]*\b(?:{'|'.join(words['than'])})"
        self._denied = re.compile(
            rf"(?:(?:^|(?<=[^a-z0-9]))(?:{'|'.join(words['denials'])})|{than}){between}"
        )
        # « Un prêt, pas une subvention »: between two needs named, « pas » denies the second.
        self._not_this = re.compile(rf"[\s,;]*(?:et |mais )?pas{between}")
        self._taken_back = re.compile(rf"[\s,;]*(?:{'|'.join(words['taken_back'])})\b")
        self._purpose = re.compile(rf"\b(?:{'|'.join(words['purpose'])})\b")
        self._ends = re.compile(
            "|".join(each if not each[0].isalpha() else rf"\b{each}\b" for each in words["purpose_ends"])
        )

    def meant(self, text: str, needs: Sequence[str]) -> list[str]:
        """Return the needs of a message that are meant: of `needs`, as understood, and those kept beside a denial."""
        kept, denied = self._sorted(text)
        if denied:
            needs = list(dict.fromkeys([*kept, *(need for need in needs if need not in denied)]))
        if self._money.isdisjoint(needs):
            return list(needs)
        projects = self.projects(text)
        return [need for need in needs if need in self._money or need not in projects]

    def denied(self, text: str) -> list[str]:
        """Return the needs that a text takes back."""
        return self._sorted(text)[1]

    def named(self, text: str) -> list[str]:
        """Return the needs that a text names, denied or not."""
        return list(dict.fromkeys(each.need for each in self._named(_marked(text))))

    def corrected(self, text: str) -> bool:
        """Tell whether a text takes one need back and names another."""
        kept, denied = self._sorted(text)
        return bool(kept and denied)

    def projects(self, text: str) -> list[str]:
        """Return the needs that a text names only as what money is for: « un prêt pour mon site »."""
        text = _marked(text)
        found = self._named(text)
        money = [each.start for each in found if each.need in self._money]
        spans = list(self._purposes(text, money))
        inside = [each for each in found if any(start <= each.start < end for start, end in spans)]
        asked = {each.need for each in found if each not in inside} | self._money
        return list(dict.fromkeys(each.need for each in inside if each.need not in asked))

    def _sorted(self, text: str) -> tuple[list[str], list[str]]:
        """Return the needs that a text names and keeps, and those that it only denies."""
        text = _marked(text)
        found = self._named(text)
        ends = [0, *(each.end for each in found)]
        denied = [
            each
            for each, before in zip(found, ends, strict=False)
            if self._denied.search(text[: each.start])
            or (before and self._not_this.match(text[before : each.start]))
            or self._taken_back.match(text[each.end :])
        ]
        kept = list(dict.fromkeys(each.need for each in found if each not in denied))
        return kept, [need for need in dict.fromkeys(each.need for each in denied) if need not in kept]

    def _named(self, text: str) -> list[Named]:
        found = self._names.finditer(text)
        return [
            Named(self._need_of[self._phrases[int(each.lastgroup[1:])]], each.start(), each.end())
            for each in found
        ]

    def _purposes(self, text: str, money: Sequence[int]):
        """Yield from where to where a text says what money is for: behind it, or before all else."""
        for word in self._purpose.finditer(text):
            if (
                word.start()
                and not any(place < word.start() for place in money)
                and word[0] not in ("financer", "payer")
            ):
                continue
            end = self._ends.search(text, word.end())
            yield word.start(), end.start() if end else len(text)


def _marked(text: str) -> str:
    """Return a text in plain words, its marks standing alone: « non, pas un prêt » is « non , pas un pret »."""
    return " ".join(_BETWEEN.sub(" ", _MARKS.sub(r" \1 ", fold(text))).split())


def _loose(phrase: str) -> str:
    """Return the pattern of a phrase, in the singular or the plural."""
    return r"\b" + r"\s+".join(rf"{re.escape(word)}(?:s|x)?" for word in phrase.split()) + r"\b"
