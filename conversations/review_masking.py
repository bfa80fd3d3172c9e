"""Makes an owner's message one that may be taught: nobody is named in it, and files can hold it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from conversations.review_ranges import Marked, Replacement, replaced
from yaml_files import read_yaml

FILE = Path(__file__).with_name("stand_ins.yml")
# What is said in place of a kind that has no stand-in yet.
UNNAMED = "Untel"
_BLANKS = re.compile(r"\s+")
# What the marks of training files are made of.
_AWKWARD = {"[": "(", "]": ")"}
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")


class Span(Protocol):
    """One piece of a text that names somebody."""

    start: int
    end: int
    kind: str


Spans = Callable[[str], Iterable[Span]]


class Teaching:
    """Masks messages; `spans` finds what names somebody, `mask` hides it for reading (`conversations.masking`)."""

    def __init__(
        self,
        spans: Spans,
        mask: Callable[[str], str],
        stand_ins: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._spans = spans
        self._mask = mask
        self._stand_ins = stand_ins if stand_ins is not None else load_stand_ins()

    def masked(self, text: str, entities: Sequence[Marked]) -> tuple[str, tuple[Marked, ...]]:
        """Return `text` with stand-ins for what names somebody, written on one line, and its entities there."""
        stand_ins = [self._replacement(each) for each in self._spans(text)]
        text, entities = replaced(text, entities, stand_ins)
        return tidy(text, entities)

    def hidden(self, text: str) -> str:
        """Return `text` for reading, without what names somebody."""
        return self._mask(text)

    def names(self, text: str) -> list[str]:
        """Return the words of `text` that still name somebody, stand-ins aside."""
        known = [each["words"] for each in self._stand_ins.values()]
        found = [text[each.start : each.end] for each in self._spans(text)]
        return [words for words in found if not any(words in each for each in known)]

    def _replacement(self, span: Span) -> Replacement:
        known = self._stand_ins.get(span.kind, {"words": UNNAMED})
        return Replacement(
            span.start, span.end, known["words"], known.get("entity", ""), known.get("value", "")
        )


def tidy(text: str, entities: Sequence[Marked] = ()) -> tuple[str, tuple[Marked, ...]]:
    """Return `text` on one line, without invisible characters and square brackets, and its entities there."""
    text, entities = replaced(text, entities, _each(_INVISIBLE, text, ""))
    text, entities = replaced(text, entities, [*_brackets(text), *_each(_BLANKS, text, " ")])
    begin = len(text) - len(text.lstrip(" -"))
    edges = [Replacement(0, begin, ""), Replacement(len(text.rstrip()), len(text), "")]
    return replaced(text, entities, [each for each in edges if each.start < each.end])


def load_stand_ins(path: Path = FILE) -> dict[str, dict[str, str]]:
    """Read the stand-ins by kind."""
    return read_yaml(path)


def _each(pattern: re.Pattern[str], text: str, words: str) -> list[Replacement]:
    """Return the replacements of what matches; what reads so already is left, as it costs an entity around it."""
    return [Replacement(*match.span(), words) for match in pattern.finditer(text) if match.group() != words]


def _brackets(text: str) -> list[Replacement]:
    return [
        Replacement(place, place + 1, _AWKWARD[each]) for place, each in enumerate(text) if each in _AWKWARD
    ]
