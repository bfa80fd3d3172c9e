"""The part of a text where what was looked for stands, as plain pieces: who shows them escapes them."""

from collections.abc import Collection
from typing import NamedTuple

from conversations.words import Word, words

BEFORE, AROUND = 60, 220


class Piece(NamedTuple):
    """Some characters of a text; `marked` where they were looked for."""

    text: str
    marked: bool = False


def excerpt(text: str, stems: Collection[str]) -> tuple[Piece, ...]:
    """Return some two lines of `text` around the first word with one of `stems`; nothing where there is none."""
    found = [word for word in words(text) if word.stem in stems]
    if not found:
        return ()
    start, end = _limits(text, found[0])
    pieces, at = [Piece("… ")] if start else [], start
    for word in found:
        if word.end > end:
            break
        pieces += [Piece(text[at : word.start]), Piece(text[word.start : word.end], True)]
        at = word.end
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else "")))
    return tuple(piece for piece in pieces if piece.text)


def _limits(text: str, first: Word) -> tuple[int, int]:
    """Return where the excerpt begins and ends: between words where possible."""
    start = max(0, first.start - BEFORE)
    if start:
        space = text.find(" ", start, first.start)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + AROUND)
    if end < len(text):
        space = text.rfind(" ", max(first.end, start), end)
        end = space if space >= 0 else max(end, first.end)
    return start, max(end, first.end)
