"""A message cut into words that can be compared with vocabularies."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from bot.nlu.entities.entity import Entity
from knowledge.territories.names import expand, fold

_WORD = re.compile(r"[^\W_]+")
_TIGHT = re.compile(r"[ \t\u00a0\u202f]*[-'’‘´`./\u2010\u2011]?[ \t\u00a0\u202f]*\Z")
_MARK = re.compile(r"[,;:()\[\].!?…\n–—]| - ")
_END_OF_SENTENCE = re.compile(r"[.!?…\n:]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `key` is its comparison form, `raw` the word as typed."""

    key: str
    raw: str
    start: int
    end: int


class Message:
    """The words of a text and which of them an entity already holds."""

    def __init__(self, text: str):
        self.text = text
        self.words = [_word(found, text) for found in _WORD.finditer(text)]
        self.keys = [word.key for word in self.words]
        self._starts = [word.start for word in self.words]
        self._ends = [word.end for word in self.words]
        self.taken = [False] * len(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def key(self, at: int) -> str:
        """Return the comparison form of the word at this index, empty outside the message."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def gap(self, at: int) -> str:
        """Return what stands between the word at this index and the next one."""
        if at < 0:
            return self.text[: self.words[0].start] if self.words else self.text
        if at + 1 >= len(self.words):
            return self.text[self.words[at].end :]
        return self.text[self.words[at].end : self.words[at + 1].start]

    def last_gap(self, at: int) -> str:
        """Return what parts the word at this index from the next one, empty at the end of the message."""
        return self.gap(at) if at + 1 < len(self.words) else ""

    @cached_property
    def tight(self) -> list[bool]:
        """For each word: nothing but a space, hyphen or apostrophe parts it from the next one."""
        inner = [self._is_tight(at) for at in range(len(self.words) - 1)]
        return [*inner, False] if self.words else []

    def _is_tight(self, at: int) -> bool:
        gap = self.gap(at)
        return bool(_TIGHT.match(gap)) and ("." not in gap or self.keys[at] in ("saint", "sainte"))

    @cached_property
    def shouting(self) -> bool:
        """Whether the message is typed in capitals, so that a capital says nothing."""
        letters = [char for char in self.text if char.isalpha()]
        return sum(char.isupper() for char in letters) * 2 > len(letters)

    def starts_sentence(self, at: int) -> bool:
        """Return whether the word at this index begins the message or a sentence."""
        return at == 0 or bool(_END_OF_SENTENCE.search(self.gap(at - 1)))

    def capital(self, at: int) -> bool:
        """Return whether the word has a capital that means something."""
        return self.words[at].raw[:1].isupper() and not self.shouting

    def isolated(self, first: int, last: int) -> bool:
        """Return whether marks alone surround the words: « …, boucherie, Vannes »."""
        opens = first == 0 or bool(_MARK.search(self.gap(first - 1)))
        return opens and (last + 1 >= len(self) or bool(_MARK.search(self.gap(last))))

    def take(self, start: int, end: int) -> None:
        """Mark the words that overlap `text[start:end]` as held by an entity."""
        for at in self._inside(start, end):
            self.taken[at] = True

    def holds(self, start: int, end: int) -> bool:
        """Return whether an entity already holds a word that overlaps `text[start:end]`."""
        return any(self.taken[at] for at in self._inside(start, end))

    def _inside(self, start: int, end: int) -> range:
        first = bisect_right(self._ends, start)
        return range(first, max(first, bisect_left(self._starts, end)))

    def entity(self, name: str, first: int, last: int, value: object, info: dict | None = None) -> Entity:
        """Return the entity that covers the words from `first` to `last`, both included."""
        start, end = self.words[first].start, self.words[last].end
        return Entity(name, start, end, self.text[start:end], value, info)

    def span(self, name: str, start: int, end: int, value: object, info: dict | None = None) -> Entity:
        """Return the entity that covers `text[start:end]`."""
        return Entity(name, start, end, self.text[start:end], value, info)


def _word(found: re.Match[str], text: str) -> Word:
    raw = found.group()
    key = expand(fold(raw))
    if key == "s" and text[found.end() : found.end() + 1] == "/":
        key = "sur"
    return Word(key, raw, found.start(), found.end())
